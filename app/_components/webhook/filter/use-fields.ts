"use client";

import type { Schema } from "@/app/_components/schema/schema";
import { trpc } from "@/app/_trpc/client";
import { listsType } from "@/domain/event/lists-type";
import { anyType } from "@/domain/filter/condition";
import { type DataField, fieldsOf } from "./fields-of";

/** The fields that the catalogue has for a type, or for `*` those of every type that is listed, each once. */
export function useFields(type: string, events: string[]): DataField[] {
  const { data: types = [] } = trpc.eventTypes.list.useQuery({ include: "notices" });
  const own = types.filter((each) => (type === anyType ? listsType(events, each.type) : each.type === type));
  const byPath = new Map<string, DataField>();
  for (const field of own.flatMap(({ schema }) => fieldsOf(schema as Schema)))
    if (!byPath.has(field.path)) byPath.set(field.path, field);
  return [...byPath.values()];
}

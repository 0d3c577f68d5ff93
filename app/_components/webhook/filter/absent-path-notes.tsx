"use client";

import type { Schema } from "@/app/_components/schema/schema";
import { trpc } from "@/app/_trpc/client";
import type { Conditions } from "@/domain/filter/condition";
import { absentPaths } from "./absent-paths";
import { fieldsOf } from "./fields-of";

/** Says of each path that is not in every type it is asked of, in which it is not. */
export function AbsentPathNotes({ events, conditions }: { events: string[]; conditions: Conditions }) {
  const { data: types = [] } = trpc.eventTypes.list.useQuery({ include: "notices" });
  const known = types.map(({ type, schema }) => ({
    type,
    paths: fieldsOf(schema as Schema).map(({ path }) => path),
  }));
  return absentPaths(known, events, conditions).map(({ path, types }) => (
    <p key={path} className="text-warn wrap-anywhere">
      <code translate="no">{path}</code>
      <span> is not in </span>
      <span translate="no">{types.join(", ")}</span>
      <span>{`, as the catalogue has ${types.length === 1 ? "it" : "them"}: in an event without it, it counts as absent.`}</span>
    </p>
  ));
}

import type { FieldError } from "@/domain/errors";
import { findEventType } from "@/domain/event/catalogue";
import { fieldErrors } from "@/server/http/field-errors";

/**
 * What is wrong with an event's data by the catalogue's rules. The data itself stays as it was parsed: zod's
 * output would lose a key named __proto__.
 */
export function eventDataErrors(type: string, data: unknown, at: (string | number)[]): FieldError[] {
  const checked = findEventType(type)?.data.safeParse(data);
  return checked?.success ? [] : fieldErrors(checked?.error.issues ?? [], [...at, "data"]);
}

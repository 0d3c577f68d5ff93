import { listsType } from "@/domain/event/lists-type";
import type { Condition, Conditions } from "@/domain/filter/condition";
import { conditionFor } from "@/domain/filter/condition-for";
import { fullPath } from "./fields-of";

/** Which types of event the catalogue knows no value at a path for, although their filter asks for one. */
export type AbsentPath = { path: string; types: string[] };

/**
 * The paths of a filter that some types do not have, with these types: an event of one is judged as if nothing were
 * there. Only types that `events` lists and the catalogue knows are looked at.
 */
export function absentPaths(
  known: { type: string; paths: string[] }[],
  events: string[],
  conditions: Conditions,
): AbsentPath[] {
  const byPath = new Map<string, string[]>();
  for (const { type, paths } of known) {
    const condition = listsType(events, type) ? conditionFor(conditions, type) : null;
    const asked = condition ? new Set(pathsOf(condition).map(fullPath)) : [];
    for (const path of asked)
      if (!paths.some((each) => each === path || each.startsWith(`${path}.`)))
        byPath.set(path, [...(byPath.get(path) ?? []), type]);
  }
  return [...byPath].map(([path, types]) => ({ path, types }));
}

function pathsOf(condition: Condition): string[] {
  if ("conditions" in condition) return condition.conditions.flatMap(pathsOf);
  if ("condition" in condition) return pathsOf(condition.condition);
  // The field of a new row, which nobody has chosen yet, is no path.
  return condition.path === "" ? [] : [condition.path];
}

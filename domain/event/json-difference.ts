export type JsonDifference = {
  /** As RFC 9535 normalises it, in its shorter spelling where there is one: `$.data.lists[2]["a b"]`. */
  path: string;
  kind: "only_before" | "only_after" | "other_type" | "other_value";
  before?: unknown;
  after?: unknown;
  /** Both are ids, or both are times: such values differ between any two events, and explain nothing. */
  isUsual: boolean;
};

/**
 * Where two JSON values differ, by path: first what only one of them has or has of another type, since receivers
 * stumble over that most, then other values, and ids and times last. Elements of arrays are compared by place.
 */
export function jsonDifferences(before: unknown, after: unknown): JsonDifference[] {
  const differences: JsonDifference[] = [];
  compare("$", before, after, differences);
  return differences.toSorted((a, b) => rank(a) - rank(b));
}

const rank = ({ kind, isUsual }: JsonDifference) => (isUsual ? 2 : kind === "other_value" ? 1 : 0);

function compare(path: string, before: unknown, after: unknown, found: JsonDifference[]): void {
  const type = typeOf(before);
  if (type !== typeOf(after)) {
    found.push({ path, kind: "other_type", before, after, isUsual: false });
  } else if (type === "object" || type === "array") {
    compareMembers(path, before as Members, after as Members, found);
  } else if (before !== after) {
    found.push({ path, kind: "other_value", before, after, isUsual: areUsual(before, after) });
  }
}

/** An object's members by name, or an array's elements by place. */
type Members = Record<string, unknown>;

function compareMembers(path: string, before: Members, after: Members, found: JsonDifference[]): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const inner = path + (Array.isArray(after) ? `[${name}]` : memberPath(name));
    if (!Object.hasOwn(after, name)) {
      found.push({ path: inner, kind: "only_before", before: before[name], isUsual: false });
    } else if (!Object.hasOwn(before, name)) {
      found.push({ path: inner, kind: "only_after", after: after[name], isUsual: false });
    } else compare(inner, before[name], after[name], found);
  }
}

const memberPath = (name: string) => (/^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`);

const typeOf = (value: unknown) => (value === null ? "null" : Array.isArray(value) ? "array" : typeof value);

const usualShapes = [/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, /^\d{4}-\d\d-\d\dT\d\d:\d\d/];

const areUsual = (before: unknown, after: unknown) =>
  usualShapes.some((shape) => shape.test(String(before)) && shape.test(String(after)));

import type { Evidence, OtherDelivery } from "./evidence";

type Compared = Pick<OtherDelivery, "eventType" | "sentBytes" | "data">;

/** What all that fails has in common, and nothing that is delivered. */
export type OneValue = { path: string; shown: string };

/** Fewer, of either kind, may be chance. */
const enough = 3;

/** Whether what fails is one event type, or what is large; null when neither sets it apart. */
export function kindThatFails(evidence: Evidence): "type" | "size" | null {
  const { failing, delivered, isInterleaved } = parted(evidence);
  if (!isInterleaved || failing.length < enough || delivered.length < enough) return null;
  const type = evidence.eventType;
  const isOneType = failing.every(({ eventType }) => eventType === type);
  if (isOneType && delivered.every(({ eventType }) => eventType !== type)) return "type";
  const smallest = Math.min(...failing.map(({ sentBytes }) => sentBytes));
  const largest = Math.max(...delivered.map(({ sentBytes }) => sentBytes));
  return smallest > Math.max(largest * clearly, someBytes) ? "size" : null;
}

/** By how much what is refused has to be larger, and from where on any limit may lie. */
const clearly = 1.5;
const someBytes = 4_096;

/** The value that, within one event type, all that fails has, and nothing that is delivered; null when none does. */
export function onlyValue(evidence: Evidence): OneValue | null {
  const { failing, delivered, isInterleaved } = parted(evidence);
  if (!isInterleaved) return null;
  const isSameType = ({ eventType }: Compared) => eventType === evidence.eventType;
  const [bad, good] = [failing.filter(isSameType), delivered.filter(isSameType)];
  if (bad.length < enough || good.length < enough || bad.length < failing.length) return null;
  const badValues = bad.map(({ data }) => valuesIn(data));
  const goodValues = good.map(({ data }) => valuesIn(data));
  for (const [path, value] of valuesIn(evidence.data)) {
    const isInAll = badValues.every((values) => values.get(path) === value);
    if (isInAll && goodValues.every((values) => values.get(path) !== value))
      return { path, shown: shown(value) };
  }
  return null;
}

function parted({ history, eventType, sentBytes, data }: Evidence) {
  const delivered = history.others.filter(({ isDelivered }) => isDelivered);
  const others = history.others.filter(({ isDelivered }) => !isDelivered);
  return {
    failing: [{ eventType, sentBytes, data }, ...others] as Compared[],
    delivered,
    isInterleaved: isInterleaved(history.others),
  };
}

/** Whether something arrived since the oldest failure: else all of it may have failed since then. */
function isInterleaved(others: OtherDelivery[]): boolean {
  const oldestFailure = others.findLastIndex(({ isDelivered }) => !isDelivered);
  return others.slice(0, Math.max(0, oldestFailure)).some(({ isDelivered }) => isDelivered);
}

const maxValues = 200;
const maxDepth = 4;

/** The scalars in a value, as JSON text, by their path: `data.hits[0].state`. */
function valuesIn(data: unknown): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (value: unknown, path: string, depth: number) => {
    if (found.size >= maxValues) return;
    if (typeof value !== "object" || value === null) {
      found.set(path, JSON.stringify(value) ?? "");
      return;
    }
    if (depth === maxDepth) return;
    const isList = Array.isArray(value);
    for (const [key, each] of Object.entries(value).slice(0, maxValues))
      visit(each, isList ? `${path}[${key}]` : `${path}.${key}`, depth + 1);
  };
  visit(data, "data", 0);
  return found;
}

const shownCharacters = 40;
const shown = (value: string) =>
  value.length <= shownCharacters ? value : `${value.slice(0, shownCharacters)}…`;

import { dataAgeHeader } from "@/domain/data-age";
import type { Runtime } from "@/server/process/runtime";

/** Asked before a request is answered, and told after: what was read meanwhile may be as old as it was then. */
export function dataAgeOf({ replica }: Pick<Runtime, "replica">): () => Record<string, string> {
  const { isUsed, behindMs } = replica?.() ?? { isUsed: false, behindMs: null };
  const askedAt = performance.now();
  if (!isUsed || behindMs === null) return () => ({});
  return () => ({ [dataAgeHeader]: String(Math.ceil(behindMs + performance.now() - askedAt)) });
}

import { answerLimits } from "@/domain/limits";

/** How many of the rows fit into so many bytes, a page's unless told; always at least one, if there is one. */
export function fittingRows(sizes: { bytes: number }[], maxBytes = answerLimits.pageBytes): number {
  let bytes = 0;
  let fitting = 0;
  for (const { bytes: size } of sizes) {
    bytes += size;
    if (bytes > maxBytes && fitting > 0) break;
    fitting += 1;
  }
  return fitting;
}

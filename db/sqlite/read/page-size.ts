/** Contract: a page with content, or the attempts of a delivery, end at about this size. */
const pageBytes = 4 * 1024 * 1024;

/** How many of the rows fit into so many bytes, a page's unless told; always at least one, if there is one. */
export function fittingRows(sizes: { bytes: number }[], maxBytes = pageBytes): number {
  let bytes = 0;
  let fitting = 0;
  for (const { bytes: size } of sizes) {
    bytes += size;
    if (bytes > maxBytes && fitting > 0) break;
    fitting += 1;
  }
  return fitting;
}

export type DifferenceLine = { kind: "same" | "removed" | "added"; text: string };

/** Longer texts are cut: the table below grows with the product of both lengths. */
const maxLines = 400;

/** What has to be taken out of `before` and put in to get `after`, line by line (longest common subsequence). */
export function lineDifference(before: string, after: string): DifferenceLine[] {
  const a = before.split("\n", maxLines);
  const b = after.split("\n", maxLines);
  const common = commonLengths(a, b);
  const lines: DifferenceLine[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ kind: "same", text: a[i] ?? "" });
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && at(common, i + 1, j) >= at(common, i, j + 1))) {
      lines.push({ kind: "removed", text: a[i] ?? "" });
      i += 1;
    } else {
      lines.push({ kind: "added", text: b[j] ?? "" });
      j += 1;
    }
  }
  return lines;
}

/** `[i][j]` is the length of the longest common subsequence of `a` from i on and `b` from j on. */
function commonLengths(a: string[], b: string[]): number[][] {
  const lengths: number[][] = Array.from({ length: a.length + 1 }, () => new Array(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const row = lengths[i];
      if (!row) continue;
      row[j] =
        a[i] === b[j]
          ? at(lengths, i + 1, j + 1) + 1
          : Math.max(at(lengths, i + 1, j), at(lengths, i, j + 1));
    }
  }
  return lengths;
}

const at = (table: number[][], i: number, j: number) => table[i]?.[j] ?? 0;

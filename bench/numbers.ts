/** The value that `share` of all values are below; no number when there are none. */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: number[]) => percentile(values, 0.5);

/** The median of what one is of another, round by round. */
export const medianRatio = (values: number[], others: number[]) =>
  median(values.map((value, round) => value / (others[round] ?? Number.NaN)));

/** The machine's monotonic clock, which all of its processes share, in milliseconds. */
export const machineMs = () => Number(process.hrtime.bigint()) / 1e6;

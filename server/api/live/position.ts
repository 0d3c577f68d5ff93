/** Whether a position among changes lies before another. They are a change number and a row number. */
export function isBefore(position: string, other: string): boolean {
  const [change = 0, row = 0] = position.split(".").map(Number);
  const [otherChange = 0, otherRow = 0] = other.split(".").map(Number);
  return change === otherChange ? row < otherRow : change < otherChange;
}

/** Something that happened at a time (ISO 8601), as the API tells it. */
export type Marked = { id: string; kind: string; name: string; at: string };
export type ColumnTimes = { start: string; end: string };

/**
 * What happened, by the column that it lies in, and where in the chart that is: at the first of a column, as a share of
 * the width. What lies in no column is left out.
 */
export function marksByColumn(marks: Marked[], columns: ColumnTimes[]): { share: number; marks: Marked[] }[] {
  const spans = columns.map(({ start, end }) => ({ start: Date.parse(start), end: Date.parse(end) }));
  return spans.flatMap(({ start, end }, index) => {
    const inside = marks.filter(({ at }) => Date.parse(at) >= start && Date.parse(at) < end);
    const [first] = inside;
    if (!first) return [];
    const within = (Date.parse(first.at) - start) / (end - start);
    return [{ share: (index + within) / spans.length, marks: inside }];
  });
}

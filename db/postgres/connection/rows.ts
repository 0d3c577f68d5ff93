/** The row of a statement that always answers with one. */
export function onlyOne<Row>(rows: Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error("The statement answered with no row.");
  return row;
}

/** Rows by what they have in common, in their order. */
export function groupBy<Row, Name>(rows: Iterable<Row>, nameOf: (row: Row) => Name): Map<Name, Row[]> {
  const groups = new Map<Name, Row[]>();
  for (const row of rows) {
    const group = groups.get(nameOf(row));
    if (group) group.push(row);
    else groups.set(nameOf(row), [row]);
  }
  return groups;
}

import type { Connection } from "./connection";

/** What many verbs of a connection need, made once for all of them: its statements are prepared once. */
export function shared<Part>(make: (connection: Connection) => Part): (connection: Connection) => Part {
  const parts = new WeakMap<Connection, Part>();
  return (connection) => {
    const known = parts.get(connection);
    if (known !== undefined) return known;
    const part = make(connection);
    parts.set(connection, part);
    return part;
  };
}

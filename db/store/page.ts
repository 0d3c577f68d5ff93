/** A position in a list, opaque to callers. */
export type Cursor = string;
export type Page<T> = { items: T[]; next: Cursor | null };

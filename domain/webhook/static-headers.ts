/** A header that every request to a webhook carries. The value of a secret one is sealed. */
export type StaticHeader = { name: string; value: string; isSecret: boolean };

/** One as somebody writes it: without a value, a secret one keeps the value that it has. */
export type GivenHeader = { name: string; value: string | null; isSecret: boolean };

/** What is shown, and remembered with attempts, in place of a secret value. */
export const hiddenValue = "hidden";

/**
 * The list that replaces another; null when one without a value has none to keep. Names are alike in any case, as
 * receivers have it (RFC 9110 §5.1). Nothing is kept for another origin: what only the old endpoint knew would be told
 * to whoever answers at the new one.
 */
export function replaceHeaders(
  before: StaticHeader[],
  given: GivenHeader[],
  isSameOrigin: boolean,
): StaticHeader[] | null {
  const kept = new Map(
    before.flatMap((header) => (header.isSecret && isSameOrigin ? [[keyOf(header), header.value]] : [])),
  );
  const after = given.map(({ name, value, isSecret }) => ({
    name,
    value: value ?? kept.get(keyOf({ name })),
    isSecret,
  }));
  return after.every(hasValue) ? after : null;
}

/** As it is asked for again by who changes nothing of it. */
export const keepHeaders = (headers: StaticHeader[]): GivenHeader[] =>
  headers.map(({ name, value, isSecret }) => ({ name, value: isSecret ? null : value, isSecret }));

export const sameHeaders = (before: StaticHeader[], after: StaticHeader[]) =>
  JSON.stringify(before) === JSON.stringify(after);

/** Without values that nobody may see. */
export const shownHeaders = (headers: StaticHeader[]) =>
  headers.map(({ name, value, isSecret }) => ({ name, value: isSecret ? hiddenValue : value }));

const keyOf = ({ name }: { name: string }) => name.toLowerCase();

const hasValue = (header: {
  name: string;
  value: string | undefined;
  isSecret: boolean;
}): header is StaticHeader => header.value !== undefined;

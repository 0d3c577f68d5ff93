import { webhookLimits } from "../limits";

/** What people write of a header; a value that is not given yet is null. */
type Written = { name: string; value: string | null };

/** A field of the header at `index`, and what is wrong with it. */
export type HeaderProblem = { index: number; field: "name" | "value"; sentence: string };

/** A letter first: names of digits alone would change the order in which requests are remembered. */
const token = /^[a-z][a-z0-9!#$%&'*+.^_`|~-]*$/i;
/** RFC 9110 §5.5 without what is obsolete: bytes beyond ASCII mean something else to each receiver. */
const plain = /^[\t\x20-\x7e]*$/;

/** Of a connection and its messages (RFC 9110 §7.6.1, RFC 9112): a wrong one lets two sides see other requests. */
const ofConnection =
  /^(?:host|connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|expect|content-.*|http2-settings)$/i;
/** What a delivery says by itself: see `sentHeaders`, `signatureHeaders` and `requestBytes`. */
const ofDelivery =
  /^(?:user-agent|accept|accept-encoding|x-webhook-.*|x-event-.*|x-customer-id|x-target-.*|x-attempt.*|x-signature.*|webhook-.*|idempotency-key)$/i;

/** What is wrong with a list of headers, in its order: each by itself, names that are there twice, and all together. */
export function headerProblems(headers: Written[]): HeaderProblem[] {
  const first = new Map<string, number>();
  const problems: HeaderProblem[] = [];
  let bytes = 0;
  for (const [index, { name, value }] of headers.entries()) {
    const key = name.toLowerCase();
    const twin = first.get(key);
    const ofName =
      nameProblem(name) ?? (twin === undefined ? null : `Header ${twin + 1} has this name already.`);
    if (twin === undefined) first.set(key, index);
    if (ofName !== null) problems.push({ index, field: "name", sentence: ofName });
    const ofValue = value === null ? null : valueProblem(value);
    if (ofValue !== null) problems.push({ index, field: "value", sentence: ofValue });
    bytes += name.length + (value?.length ?? 0);
    if (
      bytes > webhookLimits.headerBytes &&
      bytes - name.length - (value?.length ?? 0) <= webhookLimits.headerBytes
    )
      problems.push({ index, field: "value", sentence: tooMuch });
  }
  return problems;
}

const tooMuch = `Up to here the headers hold more than ${webhookLimits.headerBytes} characters, which is the most.`;

function nameProblem(name: string): string | null {
  if (name === "") return "Give the header a name.";
  if (name.length > webhookLimits.headerName) return `Use at most ${webhookLimits.headerName} characters.`;
  if (!token.test(name))
    return "Begin with a letter, and use letters, digits and - only: no colon, blank or line break.";
  if (ofConnection.test(name)) return `${name} belongs to the connection or the body, and is set by Fanfare.`;
  if (ofDelivery.test(name)) return `${name} is one of the headers that Fanfare sets itself.`;
  return null;
}

function valueProblem(value: string): string | null {
  if (value === "") return "Give the header a value.";
  if (value.length > webhookLimits.headerValue) return `Use at most ${webhookLimits.headerValue} characters.`;
  if (/[\r\n]/.test(value)) return "Leave line breaks out: a header is one line.";
  if (!plain.test(value)) return "Use ASCII characters only: receivers read others in different ways.";
  if (value.trim() !== value) return "Leave out blanks at its beginning and end: receivers drop them.";
  return null;
}

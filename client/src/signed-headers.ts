import { WebhookError } from "./webhook-error";

/** A framework's headers: the web's `Headers`, or Node's object. Names may have capitals. */
export type WebhookHeaders =
  | { get(name: string): string | null }
  | { readonly [name: string]: string | readonly string[] | undefined };

/** What of the headers signs. */
export type SignedHeaders = {
  /** Standard Webhooks: what it signs besides the body, and its signatures. Null when it was not sent. */
  message: SignedMessage | null;
  /** `X-Signature`, and during a rotation the one beside it. */
  bodySignatures: Uint8Array[];
};

export type SignedMessage = { id: string; timestamp: number; signatures: Uint8Array[] };

/** Reads them. Throws WebhookError when none signs, or one is not as Fanfare writes it. */
export function signedHeaders(headers: WebhookHeaders): SignedHeaders {
  const read = readerOf(headers);
  const message = messageIn(read);
  const bodySignatures = ["x-signature", "x-signature-next", "x-signature-previous"].flatMap((name) => {
    const value = read(name);
    return value === null ? [] : [hexIn(name, value)];
  });
  if (message || bodySignatures.length > 0) return { message, bodySignatures };
  throw new WebhookError(
    "missing_header",
    "There is no webhook-signature and no X-Signature: the webhook has no secret, or they were taken off on the way.",
  );
}

type Reader = (name: string) => string | null;

function readerOf(headers: WebhookHeaders): Reader {
  if (isWebHeaders(headers)) return (name) => headers.get(name);
  const values = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return (name) => {
    const value = values.get(name);
    return typeof value === "string" || value === undefined ? (value ?? null) : value.join(",");
  };
}

const isWebHeaders = (headers: WebhookHeaders): headers is { get(name: string): string | null } =>
  typeof headers.get === "function";

function messageIn(read: Reader): SignedMessage | null {
  const signature = read("webhook-signature");
  if (signature === null) return null;
  const [id, time] = [read("webhook-id"), read("webhook-timestamp")];
  if (id === null) throw missing("webhook-id");
  if (time === null) throw missing("webhook-timestamp");
  if (!/^\d{1,12}$/.test(time)) throw malformed("webhook-timestamp", "unix seconds");
  return { id, timestamp: Number(time), signatures: standardSignatures(signature) };
}

/** Each costs a pass over the body, and strangers may send many. A rotation has two. */
const mostSignatures = 8;

/** Signatures of other versions may stand beside ours. */
function standardSignatures(value: string): Uint8Array[] {
  const ours = value
    .split(" ")
    .filter((one) => one.startsWith("v1,"))
    .slice(0, mostSignatures);
  if (ours.length === 0) throw malformed("webhook-signature", "v1, and base64");
  return ours.map((one) => base64In(one.slice(3)) ?? fail(malformed("webhook-signature", "v1, and base64")));
}

/** The bytes of standard base64; null when it is none. */
export function base64In(text: string): Uint8Array | null {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return null;
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function hexIn(name: string, value: string): Uint8Array {
  const [, hex] = /^sha256=([0-9a-f]{64})$/.exec(value) ?? [];
  if (hex === undefined) throw malformed(name, "sha256= and 64 hex digits");
  return Uint8Array.from({ length: 32 }, (_, at) => Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16));
}

const missing = (name: string) =>
  new WebhookError(
    "missing_header",
    `There is no ${name}, which webhook-signature covers: it was taken off on the way.`,
  );

const malformed = (name: string, form: string) =>
  new WebhookError("malformed_header", `${name} should be ${form}.`);

function fail(error: Error): never {
  throw error;
}

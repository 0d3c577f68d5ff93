import type { ByteShare } from "@/domain/byte-budget";
import { badInput, maxFieldErrors, notJson } from "@/domain/errors";
import { parseJson } from "@/domain/event/json";
import type { Call, CallHeaders } from "./call";
import { readBody } from "./read-body";

/**
 * The JSON value of a request's body. One that is absent is an empty object: what a call needs is told field by
 * field. `wrappers` are the levels around an event's data. Throws ApiError like `readBody`, 415, and 400 with every
 * place that is not JSON or would not survive.
 */
export async function readJson(
  call: Call,
  { maxBytes, share, wrappers }: { maxBytes: number; share: ByteShare; wrappers?: number },
): Promise<unknown> {
  const bytes = await readBody(call, maxBytes, share);
  if (bytes.length === 0) return {};
  // A page of another site can send forms, but no JSON without being asked about first.
  if (!isPlainJson(call.headers)) throw notJson();
  return parseExact(bytes, wrappers);
}

/** The JSON value of a text; ApiError 400 with every place that is not JSON or would not survive. */
export function parseExact(source: Uint8Array | string, wrappers?: number): unknown {
  const parsed = parseJson(source, wrappers);
  if ("errors" in parsed) throw badInput(parsed.errors, parsed.errors.length < maxFieldErrors);
  return parsed.value;
}

/** Whether a body is JSON that can be read as it came: RFC 8259 has it in UTF-8, and nothing is unpacked here. */
function isPlainJson(headers: CallHeaders): boolean {
  const [type = "", ...parameters] = (headers.get("content-type") ?? "").split(";");
  const charset = parameters.find((each) => /^\s*charset\s*=/i.test(each));
  const encoding = headers.get("content-encoding") ?? "identity";
  return (
    /^application\/(?:[\w.-]+\+)?json\s*$/i.test(type) &&
    (charset === undefined || /=\s*"?utf-?8"?\s*$/i.test(charset)) &&
    /^(identity)?$/i.test(encoding)
  );
}

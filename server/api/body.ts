import { badInput, maxFieldErrors } from "@/domain/errors";
import { parseJson } from "@/domain/event/json";

/** Contract: how large bodies may be. */
export const maxPublishBytes = 5 * 1024 * 1024;
export const maxBodyBytes = 256 * 1024;

/** The JSON value of a body; ApiError 400 with every place that is not JSON or would not survive. */
export function parseBody(source: Uint8Array | string, wrappers?: number): unknown {
  const parsed = parseJson(source, wrappers);
  if ("errors" in parsed) throw badInput(parsed.errors, parsed.errors.length < maxFieldErrors);
  return parsed.value;
}

/** Whether a body is JSON that can be read as it came: RFC 8259 has it in UTF-8, and nothing is unpacked here. */
export function isPlainJson(headers: Headers): boolean {
  const [type = "", ...parameters] = (headers.get("content-type") ?? "").split(";");
  const charset = parameters.find((each) => /^\s*charset\s*=/i.test(each));
  const encoding = headers.get("content-encoding") ?? "identity";
  return (
    /^application\/(?:[\w.-]+\+)?json\s*$/i.test(type) &&
    (charset === undefined || /=\s*"?utf-?8"?\s*$/i.test(charset)) &&
    /^(identity)?$/i.test(encoding)
  );
}

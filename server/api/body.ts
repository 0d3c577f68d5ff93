import { badInput, tooLarge } from "@/server/domain/errors";
import { parseJson } from "@/server/domain/json";

/** Contract: how large bodies may be. */
export const maxPublishBytes = 5 * 1024 * 1024;
export const maxBodyBytes = 256 * 1024;

/** A request's body; ApiError 413 as soon as it is known to be too large, before it is read where that is told. */
export async function readBody(request: Request, maxBytes: number): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length")) > maxBytes) throw await refuseBody(request, maxBytes);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length > maxBytes) throw tooLargeBody(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function refuseBody(request: Request, maxBytes: number) {
  await request.body?.cancel();
  return tooLargeBody(maxBytes);
}

function tooLargeBody(maxBytes: number) {
  return tooLarge(`The body is larger than ${maxBytes / 1024} KiB, which is the most for this call.`);
}

/** The JSON value of a body; ApiError 400 with every place that is not JSON or would not survive. */
export function parseBody(source: Uint8Array | string, wrappers?: number): unknown {
  const parsed = parseJson(source, wrappers);
  if ("errors" in parsed) throw badInput(parsed.errors);
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

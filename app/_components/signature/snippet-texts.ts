const node = `import { createHmac, timingSafeEqual } from "node:crypto";

/** rawBody: the bytes as they came in, a Buffer. header: X-Signature. */
export function isFromFanfare(rawBody, header, secret) {
  const right = "sha256=" + createHmac("sha256", secret).update(rawBody).digest("hex");
  const given = Buffer.from(header ?? "");
  return given.length === right.length && timingSafeEqual(given, Buffer.from(right));
}
`;

const python = `import hashlib
import hmac


def is_from_fanfare(raw_body: bytes, header: str, secret: str) -> bool:
    """raw_body: the bytes as they came in. header: X-Signature."""
    right = "sha256=" + hmac.new(secret.encode(), raw_body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(header or "", right)
`;

const shell = `# body.json holds the raw body, $SECRET the secret. Compare the output with X-Signature.
printf 'sha256=%s\\n' "$(openssl dgst -sha256 -hmac "$SECRET" -r body.json | cut -d' ' -f1)"
`;

/** Each of them is run against a real signature by the test beside this file. */
export const snippets = [
  { value: "node", label: "Node", text: node },
  { value: "python", label: "Python", text: python },
  { value: "shell", label: "Shell", text: shell },
] as const;

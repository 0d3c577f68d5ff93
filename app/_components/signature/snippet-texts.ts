const node = `import { createHmac, timingSafeEqual } from "node:crypto";

/** rawBody: the bytes as they came in, a Buffer. headers: the request's, with names in lower case. */
export function isFromFanfare(rawBody, headers, secret) {
  const right = Buffer.from("sha256=" + createHmac("sha256", secret).update(rawBody).digest("hex"));
  // The second and third come while a secret is rotated: one of them is made with yours.
  return ["x-signature", "x-signature-next", "x-signature-previous"].some((name) => {
    const given = Buffer.from(headers[name] ?? "");
    return given.length === right.length && timingSafeEqual(given, right);
  });
}
`;

const python = `import hashlib
import hmac


def is_from_fanfare(raw_body: bytes, headers, secret: str) -> bool:
    """raw_body: the bytes as they came in. headers: the request's, found in any case."""
    right = "sha256=" + hmac.new(secret.encode(), raw_body, hashlib.sha256).hexdigest()
    # The second and third come while a secret is rotated: one of them is made with yours.
    names = ("X-Signature", "X-Signature-Next", "X-Signature-Previous")
    return any(hmac.compare_digest((headers.get(name) or "").encode(), right.encode()) for name in names)
`;

const shell = `# body.json holds the raw body, $SECRET the secret. Compare the output with X-Signature, and while a
# secret is rotated with X-Signature-Next or X-Signature-Previous too.
printf 'sha256=%s\\n' "$(openssl dgst -sha256 -hmac "$SECRET" -r body.json | cut -d' ' -f1)"
`;

/** Each of them is run against a real signature by the test beside this file. */
export const snippets = [
  { value: "node", label: "Node", text: node },
  { value: "python", label: "Python", text: python },
  { value: "shell", label: "Shell", text: shell },
] as const;

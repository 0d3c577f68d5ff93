/** Code that receivers copy to check signatures. Each is run against real signatures by the test beside it. */
export const verifySnippets = [
  {
    language: "Node",
    file: "verify.mjs",
    code: `import { createHmac, timingSafeEqual } from "node:crypto";

/** headers: with lower-case names, as Node gives them. body: the exact text, before any JSON.parse. */
export function verify(headers, body, secret) {
  const { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures = "" } = headers;
  const isRecent = Math.abs(Date.now() / 1000 - Number(timestamp)) <= 300; // against replays
  if (!isRecent) return false;
  const key = secret.startsWith("whsec_") ? Buffer.from(secret.slice(6), "base64") : Buffer.from(secret);
  const expected = createHmac("sha256", key).update(\`\${id}.\${timestamp}.\${body}\`).digest();
  return signatures.split(" ").some((signature) => {
    const given = Buffer.from(signature.replace("v1,", ""), "base64");
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}
`,
  },
  {
    language: "Python",
    file: "verify.py",
    code: `import base64, hashlib, hmac, time

def verify(headers: dict, body: bytes, secret: str) -> bool:
    """headers: with lower-case names. body: the exact bytes, before any json.loads."""
    event_id, timestamp = headers["webhook-id"], headers["webhook-timestamp"]
    if abs(time.time() - int(timestamp)) > 300:  # against replays
        return False
    key = base64.b64decode(secret[6:]) if secret.startswith("whsec_") else secret.encode()
    signed = f"{event_id}.{timestamp}.".encode() + body
    expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return any(hmac.compare_digest(expected, given) for given in headers["webhook-signature"].split(" "))
`,
  },
  {
    language: "Shell",
    file: "verify.sh",
    code: `# body.json holds the exact bytes of the body, $SIGNATURE the X-Signature header, $SECRET the secret.
expected="sha256=$(openssl dgst -sha256 -hmac "$SECRET" -r < body.json | cut -d ' ' -f 1)"
[ "$expected" = "$SIGNATURE" ] && echo genuine || echo forged
`,
  },
] as const;

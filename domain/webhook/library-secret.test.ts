import { Webhook as StandardWebhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";
import { describe, expect, test } from "vitest";
import { libraryHint, libraryReading } from "./library-secret";
import { signatureHeaders } from "./signature";

const body = '{"id":"e1","data":{"text":"grün"}}';

/** Headers as we sign them with a secret, now. */
const signed = (secret: string): Record<string, string> => {
  const timestampSeconds = Math.floor(Date.now() / 1000);
  const made = signatureHeaders({
    body,
    eventId: "e1",
    timestampSeconds,
    secret,
    previousSecret: null,
    leads: "current",
  });
  return { "webhook-id": "e1", "webhook-timestamp": String(timestampSeconds), ...made };
};

type Library = typeof StandardWebhook | typeof SvixWebhook;
type Options = ConstructorParameters<Library>[1];

/** Whether a library takes our signature when it is given a secret in this way: "refused" when it wants none of it. */
function verdict(Library: Library, signedWith: string, given: string | Uint8Array, options?: Options) {
  let webhook: InstanceType<Library>;
  try {
    webhook = new Library(given as string, options);
  } catch {
    return "refused";
  }
  try {
    webhook.verify(body, signed(signedWith));
    return "verifies";
  } catch {
    return "fails";
  }
}

const marked = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const hex = "0123456789abcdef0123456789abcdef";
const base64 = Buffer.alloc(24, 9).toString("base64");
const words = "correct horse battery";
const beyond = "schlüssel-für-alles";

describe.each([
  ["standardwebhooks", StandardWebhook],
  ["svix", SvixWebhook],
])("%s", (_, Library) => {
  test.each([
    [marked, "as_given", "verifies"],
    [hex, "decoded", "fails"],
    [base64, "decoded", "fails"],
    [words, "refused", "refused"],
    [beyond, "beyond_ascii", "refused"],
  ] as const)("takes %s as told", (secret, reading, outcome) => {
    expect(libraryReading(secret)).toBe(reading);
    expect(verdict(Library, secret, secret)).toBe(outcome);
  });

  test.each([hex, base64, words, beyond])(
    "verifies with whsec_ and the base64 of the bytes of %s",
    (secret) => {
      expect(verdict(Library, secret, `whsec_${Buffer.from(secret).toString("base64")}`)).toBe("verifies");
    },
  );

  test("takes text as it is when it is told to, but character codes for bytes", () => {
    expect(verdict(Library, hex, hex, { format: "raw" })).toBe("verifies");
    expect(verdict(Library, beyond, beyond, { format: "raw" })).toBe("fails");
    expect(verdict(Library, beyond, Buffer.from(beyond), { format: "raw" })).toBe("verifies");
  });
});

test("what fits libraries needs no hint, and each other secret is told its ways out", () => {
  expect(libraryHint(marked)).toBeNull();
  for (const secret of [hex, base64, words, beyond]) {
    expect(libraryHint(secret)).toMatch(/X-Signature.*"whsec_" and the base64.*generated here/);
    expect(libraryHint(secret)).not.toContain(secret);
  }
});

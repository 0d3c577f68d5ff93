import { expect, test } from "vitest";
import { keyProblem } from "./secret-key";

const base64 = (bytes: number) => Buffer.alloc(bytes, 0xfb).toString("base64");

test.each([
  ["", /16 or more bytes, and this is 0 bytes/],
  [base64(1), /this is 1 byte\./],
  [base64(15), /this is 15 bytes/],
  [base64(16).replace(/=+$/, ""), /must end with ==, its padding/],
  [base64(17).replace(/=+$/, ""), /must end with =, its padding/],
  [`${base64(18)}=`, /must end with no =/],
  [`${base64(18)}A`, /cut: a character is missing or one too many/],
  [base64(16).replace(/w==$/, "x=="), /bits of no byte/],
  [base64(18).replaceAll("+", "-"), /There is a - at character 7: that is base64url/],
  [base64(18).replaceAll("/", "_"), /There is a _ at character 8: that is base64url/],
  [`${base64(18)} ${base64(18)}`, /blank or a line break at character 31\. Remove it/],
  [`${base64(16)}${base64(16)}`, /There is a = at character 29, which base64 has at its end only/],
  [`${base64(18)}ä`, /The character at character 31 is none of base64/],
])("whsec_%s is refused with what is wrong", (after, sentence) => {
  expect(keyProblem(`whsec_${after}`)).toMatch(sentence);
});

test.each([`whsec_${base64(16)}`, `whsec_${base64(24)}`, "any text", "-_-", ""])("%s is a key", (secret) => {
  expect(keyProblem(secret)).toBeNull();
});

import { expect, test } from "vitest";
import { pasteProblem } from "./pasted-secret";

const secret = "whsec_dGhlIHNlY3JldCBvZiBhIHRlc3Q=";

test.each([
  ["blanks around it", `  ${secret} `],
  ["a line break at its end", `${secret}\r\n`],
  ["a tab before it", `\t${secret}`],
  ["an invisible character", `\ufeff${secret}\u200b`],
  ["a line break in its middle", `${secret.slice(0, 20)}\n${secret.slice(20)}`],
  ["the mark of a signature", `v1,${secret}`],
  ["that in capitals", `V1,${secret}`],
  ["a pair of quotes", `"${secret}"`],
  ["a line of a settings file", `WEBHOOK_SECRET=${secret}`],
  ["a line of code", `secret: '${secret}',`],
  ["the mark in capitals", secret.replace("whsec", "WHSEC")],
  ["all of that", ` v1, ${secret}\n`],
])("%s is told, and left out", (_, pasted) => {
  expect(pasteProblem(pasted)).toEqual({
    sentence: expect.stringMatching(/^The secret .*\.$/),
    clean: secret,
  });
});

test.each(["", secret, "any text with blanks", "v1", "v10,a", '"quoted"', "schlüssel"])(
  "%j is a secret as it is",
  (text) => {
    expect(pasteProblem(text)).toBeNull();
  },
);

import fc from "fast-check";
import { expect, test } from "vitest";
import { homePath, returnPath, signInPath } from "./return-path";

const site = "https://hooks.example";

test("a path of this site is kept, with its query and fragment", () => {
  const path = "/dashboard/webhooks/1?status=failed&to=%2F%2Fevil.example#attempt-2";
  expect(returnPath(path)).toBe(path);
});

test.each([
  "//evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/\t/evil.example",
  "/\n\\evil.example",
  "/.//evil.example",
  "/a/..//evil.example",
  "/%2e//evil.example",
  "https://evil.example/dashboard",
  "javascript:alert(1)",
  " /dashboard",
  "dashboard",
  "",
  undefined,
  ["/dashboard/keys"],
])("%j leads to the dashboard instead", (to) => {
  expect(returnPath(to)).toBe(homePath);
});

test("no text leads to another site", () => {
  const piece = fc.constantFrom(
    "/",
    "\\",
    ".",
    "..",
    "\t",
    "\n",
    "@",
    ":",
    "?",
    "#",
    "%2f",
    "evil.example",
    "//",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const path = returnPath(`/${pieces.join("")}`);
      expect(new URL(path, site).origin).toBe(site);
    }),
    { numRuns: 2_000 },
  );
});

test("the way to the sign-in page and back keeps the whole path", () => {
  const path = "/dashboard/deliveries?status=failed&page=2";
  const to = new URL(signInPath(path), site).searchParams.get("to");
  expect(returnPath(to)).toBe(path);
});

import { expect, test } from "vitest";
import { isOtherSite, refuseAllButOwnPages, refuseOtherSites } from "./sender";

const site = "https://hooks.example/fanfare";
const own = "https://hooks.example";

const isRefused = (refuse: () => void) => {
  try {
    refuse();
    return false;
  } catch {
    return true;
  }
};

test.each<[Record<string, string>, { isOther: boolean; isOwnPage: boolean }]>([
  [{}, { isOther: false, isOwnPage: false }],
  [{ origin: own }, { isOther: false, isOwnPage: true }],
  [
    { origin: own, "sec-fetch-site": "same-origin" },
    { isOther: false, isOwnPage: true },
  ],
  [{ "sec-fetch-site": "none" }, { isOther: false, isOwnPage: false }],
  [
    { origin: own, "sec-fetch-site": "cross-site" },
    { isOther: true, isOwnPage: false },
  ],
  [{ "sec-fetch-site": "same-site" }, { isOther: true, isOwnPage: false }],
  [{ origin: "https://hooks.example:8443" }, { isOther: true, isOwnPage: false }],
  [{ origin: "https://evil.example" }, { isOther: true, isOwnPage: false }],
  [{ origin: "null" }, { isOther: true, isOwnPage: false }],
])("a request with %j", (given, { isOther, isOwnPage }) => {
  const headers = new Headers(given);
  expect(isOtherSite(headers, site)).toBe(isOther);
  expect(isRefused(() => refuseOtherSites(headers, site))).toBe(isOther);
  expect(isRefused(() => refuseAllButOwnPages(headers, site))).toBe(!isOwnPage);
});

test("a refusal tells the right address, the wrong one, and which setting it is", () => {
  const headers = new Headers({ origin: "https://proxy.example" });
  expect(() => refuseOtherSites(headers, site)).toThrow(
    "This works only from pages at https://hooks.example/fanfare, not https://proxy.example. " +
      "Whoever runs Fanfare sets its address as PUBLIC_URL.",
  );
});

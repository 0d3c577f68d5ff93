import { describe, expect, test } from "vitest";
import { diagnose } from "./diagnose";
import { answered } from "./evidence.fixture";

const at = "https://hooks.example.com/in";
const sent = (status: number, location: string, url = at, server = "", body = "") =>
  diagnose(answered(status, { location, ...(server && { server }) }, body, { url }));
const codes = (...of: Parameters<typeof sent>) => {
  const { confidence, causes } = sent(...of);
  return `${confidence}: ${causes.map(({ code }) => code).join(", ")}`;
};

const nginxPage =
  "<html><center><h1>301 Moved Permanently</h1></center>\r\n<hr><center>nginx</center></html>";

test("a circle of nginx's own, or behind Cloudflare, has more causes than the application", () => {
  expect(codes(301, at)).toBe("certain: https_not_seen");
  expect(codes(301, at, at, "nginx/1.22.1", nginxPage)).toBe("likely: https_rule_for_all, https_not_seen");
  expect(codes(301, at, at, "cloudflare", nginxPage)).toBe("likely: cloudflare_flexible, https_not_seen");
});

test("a 303 is what follows a form, and no new address", () => {
  const found = sent(303, "/thanks");
  expect([found.code, found.confidence, found.suggestedUrl]).toEqual(["redirect_after_form", "likely", null]);
  expect(found.nextStep).toMatch(/whether the event id arrived/);
  expect(codes(303, "http://hooks.example.com/thanks")).toBe("likely: redirect_after_form");
});

describe("no URL is suggested, and nothing is certain, of a redirect", () => {
  test.each<[string, number, string, string]>([
    ["to the first page", 302, "/", "redirect_to_home"],
    ["back to the site", 301, "https://hooks.example.com", "redirect_to_home"],
    ["to the first page of the company", 301, "https://www.example.com/", "redirect_to_home"],
    ["to a page that tells how it is", 302, "https://status.example.com/", "redirect_to_error_page"],
    ["to a machine", 302, "https://localhost:3000/in/", "redirect_to_inner_address"],
    ["to a private address", 301, "https://10.0.3.7:8443/in/", "redirect_to_inner_address"],
    ["to a private address by http", 302, "http://127.0.0.1:22001/in", "redirect_to_inner_address"],
    ["to an address of IPv6", 301, "http://[fd00::7]/in", "redirect_to_inner_address"],
    ["to a container", 308, "http://app:3000/in", "redirect_to_inner_address"],
    ["to a name inside", 301, "http://web.internal/in", "redirect_to_inner_address"],
    [
      "to a seller of domains",
      302,
      "https://www.hugedomains.com/profile?d=example.com",
      "redirect_to_other_site",
    ],
    ["to another customer of a platform", 301, "https://example.vercel.app/in", "redirect_to_other_site"],
    ["to a language", 302, "/en/in", "redirect_to_language"],
    ["to a language for good", 308, "/pt-BR/in/", "redirect_to_language"],
    ["to the first page of a language", 302, "/de/", "redirect_to_language"],
    ["to another path for now", 302, "/new/a", "redirect_elsewhere"],
    ["to another path by http", 301, "http://hooks.example.com/new/a", "redirect_elsewhere"],
  ])("%s: %i %s", (_, status, location, code) => {
    const { confidence, causes, suggestedUrl } = sent(status, location);
    expect([confidence, suggestedUrl]).toEqual(["likely", null]);
    expect(causes.map((cause) => cause.code)).toEqual([code]);
  });
});

describe("a URL is suggested of a redirect", () => {
  test.each<[string, string, string, string]>([
    [at, "/in/", at.concat("/"), "a slash"],
    ["https://hooks.example.com/In", "/in", at, "small letters"],
    ["https://example.com/in", "https://www.example.com/in", "https://www.example.com/in", "another host"],
    ["https://example.co.uk/in", "https://www.example.co.uk/in", "https://www.example.co.uk/in", "of the UK"],
    [at, "/v2/in", "https://hooks.example.com/v2/in", "another path before it"],
    [
      "https://hooks.example.com:8443/in",
      "https://hooks.example.com/in/",
      "https://hooks.example.com:8443/in/",
      "and our port",
    ],
  ])("from %s to %s: %s (%s)", (url, location, suggestedUrl) => {
    for (const [status, confidence] of [[301, "certain"] as const, [302, "likely"] as const]) {
      const found = sent(status, location, url);
      expect([found.code, found.confidence, found.suggestedUrl]).toEqual([
        "redirect",
        confidence,
        suggestedUrl,
      ]);
    }
  });
});

test("another path for good is suggested too, to be tried, and not with certainty", () => {
  const { code, confidence, suggestedUrl } = sent(308, "/new/a");
  expect([code, confidence, suggestedUrl]).toEqual([
    "redirect_elsewhere",
    "likely",
    "https://hooks.example.com/new/a",
  ]);
});

test("sites of one country's suffix are not one site", () => {
  expect(codes(301, "https://other.co.uk/in", "https://example.co.uk/in")).toBe(
    "likely: redirect_to_other_site",
  );
});

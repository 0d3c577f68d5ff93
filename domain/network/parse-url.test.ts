import { expect, test } from "vitest";
import { parseUrl } from "./parse-url";

test("a host with letters of other alphabets is one, however often it is asked", () => {
  for (let times = 0; times < 20_000; times += 1) {
    expect(parseUrl("https://sub.bücher.example/ü")?.host).toBe("sub.xn--bcher-kva.example");
  }
});

test("what is no URL is null, and what is relative takes a base", () => {
  expect(parseUrl("bücher.example")).toBeNull();
  expect(parseUrl("/a", "https://example.com/b")?.href).toBe("https://example.com/a");
});

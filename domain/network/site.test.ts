import { describe, expect, test } from "vitest";
import { siteOf } from "./site";

const ask = (
  host: string,
  listensOn: string,
  headers: Record<string, string> = {},
  publicUrl: string | null = null,
) => siteOf({ publicUrl, localUrl: "http://local:3000", host: listensOn }, new Headers({ host, ...headers }));

test("PUBLIC_URL is the address, whatever a request calls it", () => {
  const publicUrl = "https://example.com/fanfare";
  expect(ask("evil.example", "0.0.0.0", { origin: "https://evil.example" }, publicUrl)).toBe(publicUrl);
});

describe("without it, an installation that others reach", () => {
  test.each(["localhost:3000", "192.168.1.5:3000", "[2001:db8::1]:8080", "Fanfare.LAN"])(
    "goes by %s",
    (host) => {
      expect(ask(host, "0.0.0.0")).toBe(`http://${host.toLowerCase()}`);
      expect(ask(host, "::")).toBe(`http://${host.toLowerCase()}`);
      expect(ask(host, "192.168.1.5")).toBe(`http://${host.toLowerCase()}`);
    },
  );

  test("is at https for a page that is", () => {
    expect(ask("hooks.example", "0.0.0.0", { origin: "https://hooks.example" })).toBe(
      "https://hooks.example",
    );
    expect(ask("hooks.example", "0.0.0.0", { origin: "https://evil.example" })).toBe("http://hooks.example");
  });
});

test("one that only this machine reaches goes by loopback's names, at any port that leads there", () => {
  for (const host of ["localhost:8080", "127.0.0.1:3000", "[::1]:3000", "fanfare.localhost"]) {
    expect(ask(host, "127.0.0.1")).toBe(`http://${host}`);
  }
  for (const host of [
    "evil.example:3000",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "192.168.1.5",
  ]) {
    for (const listensOn of ["127.0.0.1", "localhost", "::1"])
      expect(ask(host, listensOn)).toBe("http://local:3000");
  }
});

test.each(["", "a b", "user@host", "host/path", "host:99999", "[::1", "a\\b", "host?x"])(
  "%j is no host",
  (host) => expect(ask(host, "0.0.0.0")).toBe("http://local:3000"),
);

import { expect, test } from "vitest";
import { requestBytes, targetOf } from "./request-bytes";

const targetAt = (url: string) => targetOf(url, new URL(url));

test("a request is its head and its body, whose length is told in bytes", () => {
  const target = targetAt("https://[::1]:8443/a%20b?c=d#e");
  expect(requestBytes(target, { "X-A": "1", "X-B": "\u00e9" }, "ż").toString("latin1")).toBe(
    "POST /a%20b?c=d HTTP/1.1\r\nhost: [::1]:8443\r\nconnection: keep-alive\r\nX-A: 1\r\nX-B: \u00e9\r\n" +
      "Accept: */*\r\nAccept-Encoding: identity\r\ncontent-length: 2\r\n\r\n\u00c5\u00bc",
  );
});

test("the port is told where it is not the usual one", () => {
  expect(targetAt("https://hooks.example:443/").opening).toContain("\r\nhost: hooks.example\r\n");
});

test.each(["\r\n", "\r", "\n", "\0", "\u007f", "\u0100", "😀"])("a value with %j cannot be sent", (part) => {
  const target = targetAt("https://hooks.example/");
  expect(() => requestBytes(target, { "X-A": `a${part}b` }, "")).toThrow("header");
  expect(() => requestBytes(target, { [`X${part}A`]: "a" }, "")).toThrow("header");
});

test.each(["", " ", ":", "a b", "a:"])("no header is named %j", (name) => {
  expect(() => requestBytes(targetAt("https://hooks.example/"), { [name]: "a" }, "")).toThrow("header");
});

import { expect, test } from "vitest";
import { networkOf } from "./network";

const from = (client: string) => networkOf(new Headers({ "x-fanfare-client": client }));

test("an IPv4 address is a network of its own", () => {
  expect(from("192.0.2.1")).not.toBe(from("192.0.2.2"));
});

test("IPv6 addresses of one /64 are one network, however they are written", () => {
  expect(from("2001:db8:1:2::1")).toBe(from("2001:0DB8:1:2:ffff:ffff:ffff:ffff"));
  expect(from("2001:db8:1:2::1")).not.toBe(from("2001:db8:1:3::1"));
});

test("what is no address is still counted", () => {
  expect(networkOf(new Headers())).toBe(networkOf(new Headers()));
});

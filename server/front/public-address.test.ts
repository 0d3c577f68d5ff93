import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { publicAddress } from "./public-address";

const home = "http://127.0.0.1:3000";
const asked = (host: string, more: Partial<IncomingMessage> = {}, publicUrl = home) =>
  publicAddress(
    {
      method: "GET",
      url: "/sign-in?to=/x",
      headers: { host, accept: "text/html" },
      ...more,
    } as IncomingMessage,
    publicUrl,
  );

test("a page asked for by another name of this machine is at the public one", () => {
  expect(asked("localhost:3000")).toBe("http://127.0.0.1:3000/sign-in?to=/x");
  expect(asked("[::1]:3000")).toBe("http://127.0.0.1:3000/sign-in?to=/x");
});

test("everything else stays", () => {
  expect(asked("127.0.0.1:3000")).toBeNull();
  expect(asked("localhost:4000")).toBeNull();
  expect(asked("hooks.example.com:3000")).toBeNull();
  expect(asked("localhost:3000", {}, "https://hooks.example.com")).toBeNull();
  expect(asked("localhost:3000", { method: "POST" })).toBeNull();
  expect(asked("localhost:3000", { headers: { host: "localhost:3000", accept: "*/*" } })).toBeNull();
  expect(asked("not a host")).toBeNull();
});

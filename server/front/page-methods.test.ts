import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { refusedMethod } from "./page-methods";

const allow = (method: string, url: string) =>
  refusedMethod({ method, url } as IncomingMessage)?.headers.allow ?? null;

test.each([
  ["GET", "/healthz?a=1", null],
  ["HEAD", "/docs", null],
  ["POST", "/healthz", "GET, HEAD"],
  ["POST", "/docs/first-delivery.md", "GET, HEAD"],
  ["POST", "/metrics?a=1", "GET, HEAD"],
  ["POST", "/sign-in", null],
  ["PUT", "/sign-in", "GET, HEAD, POST"],
  ["TRACE", "/", "GET, HEAD, POST"],
])("%s %s", (method, url, expected) => expect(allow(method, url)).toBe(expected));

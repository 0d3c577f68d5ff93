import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { isBeyondNext } from "./beyond-next";

const asked = (method: string, url: string, headers = {}) =>
  isBeyondNext({ method, url, headers } as IncomingMessage);

test.each([
  ["GET", "/webhooks"],
  ["PATCH", "/webhooks/0193a6f2-7c1e-7b3a-9d54-2f8e6a1c0b47"],
  ["POST", "/events"],
  ["GET", "/customers/nw%201?page_size=5&cursor=%20"],
  ["GET", "/api/trpc/webhooks.list?batch=1&input=%7B%7D"],
])("%s %s is for Next's route handler", (method, url) => expect(asked(method, url)).toBe(false));

test.each([
  ["PROPFIND", "/webhooks"],
  ["GET", "/webhooks/"],
  ["GET", "/webhooks//x"],
  ["GET", "/webhooks/%ff"],
  ["GET", "/webhooks/%"],
  ["GET", "/webhooks?_rsc=1"],
  ["GET", "/webhooks/x?a=1&nxtPpath=y"],
])("%s %s is not", (method, url) => expect(asked(method, url)).toBe(true));

test("neither is what Next takes for its own navigation", () => {
  for (const header of ["rsc", "next-router-state-tree", "next-action", "x-middleware-subrequest"]) {
    expect(asked("GET", "/webhooks", { [header]: "1" }), header).toBe(true);
  }
});

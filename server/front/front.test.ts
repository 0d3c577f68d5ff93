import { once } from "node:events";
import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { describe, expect, test } from "vitest";
import type { Handler } from "./front";
import { call, head, openWire, startFront } from "./front.fixture";

const mebibyte = 1024 * 1024;

describe("headers", () => {
  test("every answer carries the security headers, and the request the same policy with its nonce", async () => {
    const { port, seen } = await startFront();
    const { headers } = await call(port, {
      headers: { "content-security-policy": "script-src 'nonce-mine'" },
    });
    const policy = String(headers["content-security-policy"]);
    expect(policy).toMatch(/script-src 'self' 'nonce-[\w-]{36}' 'strict-dynamic';/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe-eval");
    expect(seen[0]?.headers["content-security-policy"]).toBe(policy);
    expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "referrer-policy": "same-origin" });
    expect(headers).not.toHaveProperty("strict-transport-security");
  });

  test("portal pages may be framed by the sites that the operator lists, and no others", async () => {
    const sites = ["https://app.example.com", "https://*.example.org"];
    const { port } = await startFront({ portalFrameAncestors: sites });
    const framedBy = async (path: string, cookie = "") => {
      const { headers } = await call(port, { path, headers: cookie ? { cookie } : {} });
      const [, list] = /frame-ancestors ([^;]+)/.exec(String(headers["content-security-policy"])) ?? [];
      return { list, deny: headers["x-frame-options"] };
    };
    const open = { list: sites.join(" "), deny: undefined };
    const closed = { list: "'none'", deny: "DENY" };
    expect(await framedBy("/portal/a-token")).toEqual(open);
    expect(await framedBy("/dashboard", "fanfare.portal=abc")).toEqual(open);
    expect(await framedBy("/dashboard", "a=b; __Secure-fanfare.portal=abc")).toEqual(open);
    expect(await framedBy("/dashboard", "__Secure-fanfare.session_token=abc")).toEqual(closed);
    expect(await framedBy("/dashboard", "fanfare.portal=")).toEqual(closed);
    expect(await framedBy("/platform", "fanfare.platform=abc")).toEqual(closed);
    expect(await framedBy("/portals")).toEqual(closed);
  });

  test("nonces are never the same", async () => {
    const { port } = await startFront();
    const [first, second] = [await call(port), await call(port)];
    expect(first.headers["content-security-policy"]).not.toBe(second.headers["content-security-policy"]);
  });

  test("browsers are told to stay with TLS when the public address has it", async () => {
    const { port } = await startFront({ publicUrl: "https://hooks.example.com" });
    expect((await call(port)).headers["strict-transport-security"]).toBe("max-age=31536000");
  });
});

test("nobody is warned of listeners while a stream is sent", async () => {
  const warnings: string[] = [];
  const hear = ({ name }: Error) => warnings.push(name);
  process.on("warning", hear);
  const { port } = await startFront({
    async handle(_request, response) {
      response.once("close", () => {}); // as whoever answers does
      await pipeline(Readable.from(["a piece"]), response);
    },
  });
  expect((await call(port)).status).toBe(200);
  process.off("warning", hear);
  expect(warnings).toEqual([]);
});

describe("the target", () => {
  test("may be a whole address, of which the path counts", async () => {
    const paths: (string | undefined)[] = [];
    const { port } = await startFront({
      handle: async (request, response) => {
        paths.push(request.url);
        response.end();
      },
    });
    await call(port, { path: "http://elsewhere.example/events?type=a" });
    await call(port, { path: "/events?type=b" });
    expect(paths).toEqual(["/events?type=a", "/events?type=b"]);
  });

  test("is told without the base path, which a proxy may have taken off, and without a slash at its end", async () => {
    const paths: (string | undefined)[] = [];
    const handle: Handler = async (request, response) => {
      paths.push(request.url);
      response.end();
    };
    const { port } = await startFront({ basePath: "/fanfare", handle });
    const asked = [
      "/fanfare/events",
      "/events",
      "/fanfare/events/?a=/",
      "/events/",
      "/fanfare?a=1",
      "/fanfare/",
      "/",
    ];
    for (const path of asked) await call(port, { path });
    for (const path of ["/fanfares/x", "/events//"]) await call(port, { path });
    expect(paths).toEqual([
      "/events",
      "/events",
      "/events?a=/",
      "/events",
      "/?a=1",
      "/",
      "/",
      "/fanfares/x",
      "/events//",
    ]);
  });

  test("a slash at the end of a page's path is taken off in the browser, too", async () => {
    const { port, seen } = await startFront({ basePath: "/fanfare" });
    const ask = async (path: string) =>
      (await call(port, { path, headers: { accept: "text/html,*/*" } })).headers.location;
    expect(await ask("/fanfare/dashboard/?q=a/")).toBe("/fanfare/dashboard?q=a/");
    expect(await ask("/dashboard/")).toBe("/fanfare/dashboard");
    expect(seen).toEqual([]);
    for (const path of ["/", "/fanfare/", "//evil.example/", "/\\evil.example/", "/dashboard"]) {
      expect(await ask(path), path).toBeUndefined();
    }
  });

  test("a publish call may be as large with a slash at its end", async () => {
    const { port, seen } = await startFront();
    const body = (sent: ClientRequest) => sent.end("x".repeat(mebibyte));
    expect((await call(port, { path: "/events/", body })).status).toBe(200);
    expect(seen[0]?.body).toHaveLength(mebibyte);
  });

  test.each(["*", "http://[", "events"])("%s is no path", async (path) => {
    const { port, seen } = await startFront();
    expect(await call(port, { path })).toMatchObject({
      status: 400,
      body: expect.stringContaining("bad_request"),
    });
    expect(seen).toEqual([]);
  });
});

describe("a fault", () => {
  const path = "/events/secret-id?token=secret";
  const told = { requestId: "id-1", method: "GET", path: "/events" };

  test("that nobody answered is answered with a 500, whose id the log has", async () => {
    const err = new Error("broken");
    const { port, faults } = await startFront({ handle: () => Promise.reject(err) });
    const { status, headers, body } = await call(port, { path });
    expect([status, headers["x-request-id"]]).toEqual([500, "id-1"]);
    expect(JSON.parse(body)).toEqual({
      error: "Something broke on our side. Please tell us the request id id-1.",
      code: "internal",
    });
    expect(faults).toEqual([{ ...told, err }]);
  });

  test("that somebody else answered with a 500 is told all the same", async () => {
    const { port, faults } = await startFront({
      handle: async (_, response) => void response.writeHead(500).end(),
    });
    expect((await call(port, { path })).headers["x-request-id"]).toBe("id-1");
    expect(faults).toEqual([told]);
  });

  test("in the middle of an answer breaks it off", async () => {
    const err = new Error("broken");
    const { port, faults } = await startFront({
      handle: async (_, response) => {
        response.write("begun");
        throw err;
      },
    });
    await expect(call(port, { path })).rejects.toThrow("socket hang up");
    expect(faults).toEqual([{ ...told, err }]);
  });

  test("is no client that went away", async () => {
    const { port, server, faults } = await startFront();
    const wire = openWire(port, head("POST", "/", "Content-Length: 9"));
    const [request] = await once(server, "request");
    wire.socket.destroy();
    await new Promise((resolve) => request.once("close", resolve));
    expect(faults).toEqual([]);
  });

  test("has an id that no client can choose", async () => {
    const { port, seen } = await startFront();
    await call(port, { headers: { "x-fanfare-request": "mine", "x-request-id": "mine" } });
    expect(seen[0]?.headers["x-fanfare-request"]).toBe("id-1");
  });
});

describe("stopping", () => {
  test("an answer under way ends, an event stream is cut, and nobody new gets in", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const front = await startFront({
      handle: async (request, response) => {
        if (request.url === "/stream") {
          response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders();
          return;
        }
        response.write("begun, ");
        await held;
        response.end("ended");
      },
    });
    const stream = request({ port: front.port, path: "/stream", agent: false }).end();
    const [streaming] = (await once(stream, "response")) as [IncomingMessage];
    const slow = request({ port: front.port, path: "/slow" }).end();
    const [answering] = (await once(slow, "response")) as [IncomingMessage];

    const stopped = front.stop(60_000);
    await expect(text(streaming)).rejects.toThrow("aborted");
    await expect(call(front.port)).rejects.toThrow("ECONNREFUSED");
    release();
    expect(await text(answering)).toBe("begun, ended");
    await stopped;
  });

  test("an answer that does not end is cut when the grace is over", async () => {
    const front = await startFront({ handle: async (_, response) => void response.write("begun") });
    const [answering] = (await once(request({ port: front.port }).end(), "response")) as [IncomingMessage];
    await front.stop(1);
    await expect(text(answering)).rejects.toThrow("aborted");
  });
});

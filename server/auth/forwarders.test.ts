import { afterEach, beforeEach, expect, test } from "vitest";
import { createLog } from "@/server/process/log";
import { openAuth, platformApiKey } from "./auth.fixture";
import { createForwarders } from "./forwarders";
import { identify } from "./identify";
import { guardPassword } from "./password-guard";

let lines: { level: number; msg: string }[];
const log = createLog("test", "info", { write: (line) => void lines.push(JSON.parse(line)) });
const said = () => lines.map(({ msg }) => msg);

let fixture: Awaited<ReturnType<typeof openAuth>>;
beforeEach(async () => {
  lines = [];
  fixture = await openAuth({ trustedProxies: ["192.0.2.0/24"] }, log);
});
afterEach(() => fixture.store.close());

test("a proxy that is not trusted is told of once for its network, with the line to set", () => {
  const forwarders = createForwarders(log, { trustedProxies: [] });
  for (const address of ["10.1.2.3", "10.1.2.3", "10.1.2.4", "2001:db8::1", "2001:db8::2"]) {
    forwarders.seen(address);
  }
  expect(said()).toEqual([
    expect.stringMatching(/^Requests from 10\.1\.2\.3 .* set TRUSTED_PROXIES=10\.1\.2\.3 /),
    expect.stringMatching(/^Requests from 2001:db8::1 .* set TRUSTED_PROXIES=2001:db8::1 /),
  ]);
  expect(lines[0]?.level).toBe(40); // a warning
});

test("the line to set keeps the proxies that are trusted already", () => {
  fixture.auth.forwarders.seen("10.1.2.3");
  expect(said()).toEqual([expect.stringContaining("TRUSTED_PROXIES=192.0.2.0/24,10.1.2.3 ")]);
});

test("a trusted proxy that names clients in another header is told of, too", () => {
  fixture.auth.forwarders.seen("192.0.2.1");
  expect(said()).toEqual([expect.stringContaining("let that proxy send X-Forwarded-For")]);
});

test("strangers that claim to be proxies do not fill the log", () => {
  for (let nth = 0; nth < 200; nth++) fixture.auth.forwarders.seen(`198.51.${nth}.1`);
  expect(lines).toHaveLength(20);
});

const behind = { "x-fanfare-forwarder": "10.1.2.3", "x-fanfare-client": "10.1.2.3" };

test("when wrong passwords lock out everybody behind a proxy, the log says why, once", async () => {
  const guess = (headers: Record<string, string>) =>
    guardPassword(fixture.auth, new Headers(headers), "ada@example.com", async () => null);
  for (let nth = 0; nth < 10; nth++) await guess(behind);
  expect(lines).toEqual([]);
  for (let nth = 0; nth < 2; nth++) await expect(guess(behind)).rejects.toMatchObject({ status: 429 });
  expect(said()).toEqual([
    expect.stringMatching(
      /^Too many passwords came from 10\.1\.2\.3, .* TRUSTED_PROXIES=192\.0\.2\.0\/24,10\.1/,
    ),
  ]);
});

test("a limit that a single client reaches says nothing of proxies", async () => {
  const alone = new Headers({ "x-fanfare-client": "10.1.2.3" });
  for (let nth = 0; nth < 11; nth++) {
    await guardPassword(fixture.auth, alone, "ada@example.com", async () => null).catch(() => {});
  }
  expect(lines).toEqual([]);
});

test("and when wrong keys do", async () => {
  const call = (key: string) => identify(fixture.auth, new Headers({ ...behind, "x-api-key": key }));
  for (let nth = 0; nth < 102; nth++) await call(`fk_${nth}`);
  expect(said()).toEqual([expect.stringMatching(/^Too many wrong keys came from 10\.1\.2\.3/)]);
  expect(await call(platformApiKey)).toEqual({ kind: "platform", operator: null });
});

import { execFileSync } from "node:child_process";
import { createHash, createPublicKey, verify } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { attempt, claim } from "@/db/contract.kit";
import { type Api, openApi, publicUrl, rest } from "../api.fixture";
import { answerExportKey } from "../operator/export-key";
import { exportKeyOf } from "./export-key";
import { handleExport } from "./handle";

let api: Api;
let customer: { id: string; key: string };
beforeEach(async () => {
  api = await openApi();
  customer = await api.newCustomer();
});
afterEach(() => api.close());

const publish = (count: number, data: object = { search_id: "s-1" }) =>
  rest("POST", "/events", {
    json: Array.from({ length: count }, () => ({ customer_id: customer.id, type: "search_completed", data })),
  });
const turn = async (status: number) => {
  const claims = await claim(api.store, { webhookCap: 1_000, customerCap: 1_000, slots: 1_000 });
  await api.store.recordAttempts(claims.map((each) => attempt(each, status, api.clock.now)));
};
const ask = (query = "", { method = "GET", key = customer.key, headers = {}, signal }: Asked = {}) =>
  handleExport(
    new Request(`${publicUrl}/export${query}`, {
      method,
      headers: { ...(key && { "x-api-key": key }), ...headers },
      ...(signal && { signal }),
    }),
  );
type Asked = {
  method?: string;
  key?: string | null;
  headers?: Record<string, string>;
  signal?: AbortSignal;
};
type File = {
  about: { customer_id: string; key_id: string; since: string | null; webhook_id: string | null };
  deliveries: Record<string, unknown>[];
  summary: Record<string, number>;
  signature: { key_id: string; sha256: string; value: string };
};
const read = async (query = ""): Promise<File> => (await ask(query)).json();
/** The rows of a CSV file whose cells hold no line breaks, as their columns say. */
const rowsOf = (file: string) => {
  const [head = "", ...lines] = file.trimEnd().split("\n");
  const cells = (line: string) =>
    [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell = ""]) =>
      cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
    );
  const names = cells(head);
  return lines.map((line) => {
    const values = cells(line);
    return Object.fromEntries(names.map((name, index) => [name, values[index] ?? ""]));
  });
};

describe("an export", () => {
  test("has a row for each webhook that an event matched, and the equation of them all", async () => {
    const on = await api.newWebhook(customer.key);
    const off = await api.newWebhook(customer.key, { is_active: false });
    await publish(2);
    await turn(200);
    await publish(1);
    const file = await read();
    const body = (await api.store.listEvents(customer.id, { pageSize: 10 })).items.at(-1)?.payload ?? "";
    expect(file.deliveries).toHaveLength(6);
    expect(file.deliveries[0]).toEqual({
      event_id: JSON.parse(body).id,
      event_type: "search_completed",
      webhook_id: on,
      url: expect.stringMatching(/^https:/),
      accepted_at: new Date(api.clock.now).toISOString(),
      ended_at: new Date(api.clock.now).toISOString(),
      status: "delivered",
      attempts: 1,
      status_code: 200,
      error_code: null,
      body_sha256: createHash("sha256").update(body).digest("hex"),
      signed_at: null,
    });
    expect(file.deliveries[1]).toMatchObject({ webhook_id: off, status: "missed", attempts: 0 });
    expect(file.summary).toEqual({
      matched: 6,
      delivered: 2,
      waiting: 1,
      failed: 0,
      cancelled: 0,
      missed: 3,
    });
    expect(file.about).toMatchObject({ customer_id: customer.id, since: null, webhook_id: null });
  });

  test("is of a range and of one webhook when it is asked for these", async () => {
    const id = await api.newWebhook(customer.key);
    await api.newWebhook(customer.key);
    const start = api.clock.now;
    await publish(1);
    api.clock.now += 60_000;
    await publish(2);
    api.clock.now += 60_000;
    await publish(1);
    const [since, until] = [start + 60_000, start + 120_000].map((at) => new Date(at).toISOString());
    const file = await read(`?since=${since}&until=${until}&webhook_id=${id}`);
    expect(file.summary).toMatchObject({ matched: 2, waiting: 2 });
    expect(file.about).toMatchObject({ since, until, webhook_id: id });
    expect((await read(`?since=${since}`)).summary).toMatchObject({ matched: 6 });
  });

  test("of nothing has no rows, and balances", async () => {
    const file = await read();
    expect(file.deliveries).toEqual([]);
    expect(file.summary).toMatchObject({ matched: 0, delivered: 0 });
  });

  test("is a file to be saved, and kept by no cache", async () => {
    const { headers } = await ask("?format=csv");
    expect(headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(headers.get("content-disposition")).toMatch(/^attachment; filename="deliveries-.*\.csv"$/);
    expect(headers.get("cache-control")).toBe("no-store");
    const head = await ask("", { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
  });

  test("in CSV has the same rows, and a row for what is said of all", async () => {
    await api.newWebhook(customer.key);
    await publish(3);
    await turn(500);
    const rows = rowsOf(await (await ask("?format=csv")).text());
    expect(rows.map(({ record }) => record)).toEqual([
      "about",
      ...Array(3).fill("delivery"),
      "summary",
      "signature",
    ]);
    const [same] = (await read()).deliveries;
    for (const [name, value] of Object.entries(same ?? {})) expect(rows[1]?.[name]).toBe(String(value ?? ""));
    expect(rows.at(-2)?.detail).toBe(
      "3 matched = 0 delivered + 3 waiting + 0 failed + 0 cancelled + 0 missed",
    );
  });

  test("in CSV begins no formula", async () => {
    await api.newWebhook(customer.key);
    const event = { customer_id: customer.id, type: "search_completed", data: { search_id: "s" } };
    await rest("POST", "/events", { json: { ...event, id: "-1-1" } });
    const [, row] = rowsOf(await (await ask("?format=csv")).text());
    expect(row?.event_id).toBe("'-1-1");
  });

  test("of many events is written while it is read, with others in between", async () => {
    await api.newWebhook(customer.key);
    for (let batch = 0; batch < 3; batch += 1) await publish(1_000);
    const reader = (await ask()).body?.getReader();
    const first = await reader?.read();
    expect(first?.done).toBe(false);
    let [bytes, chunks] = [first?.value?.length ?? 0, 1];
    for (;;) {
      const next = await reader?.read();
      if (!next || next.done) break;
      bytes += next.value.length;
      chunks += 1;
      expect(next.value.length).toBeLessThan(100_000);
    }
    expect(chunks).toBeGreaterThan(40);
    expect(bytes).toBeGreaterThan(3_000 * 300);
  });

  test("ends its work when its caller leaves, and gives its place up", async () => {
    await api.newWebhook(customer.key);
    await publish(1_000);
    const left = await Promise.all([ask(), ask()]);
    expect((await ask()).status).toBe(429);
    for (const { body } of left) await body?.cancel();
    const { status, body } = await ask();
    await body?.cancel();
    expect(status).toBe(200);
  });

  test("is refused to whom it is none of, and when it is asked for wrongly", async () => {
    const other = await api.newCustomer();
    const id = await api.newWebhook(other.key);
    const statusOf = async (query: string, asked: Asked = {}) => (await ask(query, asked)).status;
    expect(await statusOf("", { key: null })).toBe(401);
    expect(await statusOf(`?webhook_id=${id}`)).toBe(404);
    expect(await statusOf("?webhook_id=nonsense")).toBe(404);
    expect(await statusOf("?since=yesterday")).toBe(400);
    expect(await statusOf("?format=xml")).toBe(400);
    expect(await statusOf("", { method: "POST" })).toBe(405);
  });

  test("is there for who is signed in, and for no other site's page", async () => {
    const cookie = await api.signUp("ada@example.com");
    const ofPage = (site: string) => ask("", { key: null, headers: { cookie, "sec-fetch-site": site } });
    const answer = await ofPage("same-origin");
    await answer.body?.cancel();
    expect(answer.status).toBe(200);
    expect((await ofPage("cross-site")).status).toBe(403);
  });
});

describe("the signature of an export", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "fanfare-export-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** The lines of the document that verify a file with OpenSSL, but for the one that fetches the key. */
  const script = () => {
    const text = readFileSync(join(import.meta.dirname, "../../../docs/export.md"), "utf8");
    const block = text.match(/```sh\n(curl -o key\.pem[\s\S]*?)```/)?.[1] ?? "";
    return block.split("\n").slice(1).join("\n");
  };
  const verifyIn = (file: string) => {
    writeFileSync(join(folder, "export.json"), file);
    try {
      return execFileSync("sh", ["-c", script()], { cwd: folder, encoding: "utf8", stdio: "pipe" });
    } catch (error) {
      return String((error as { stdout: string }).stdout);
    }
  };

  test.each(["json", "csv"])(
    "is verified in %s by OpenSSL as the document says, and no other file",
    async (format) => {
      await api.newWebhook(customer.key);
      await publish(5, { search_id: "Zoë ☂" });
      await turn(200);
      writeFileSync(join(folder, "key.pem"), await answerExportKey().text());
      const file = await (await ask(`?format=${format}`)).text();
      expect(verifyIn(file)).toContain("Signature Verified Successfully");
      const changed = file.replace("delivered", "cancelled");
      expect(changed).not.toBe(file);
      expect(verifyIn(changed)).toContain("Signature Verification Failure");
    },
  );

  test("is verified by Node as well, and says which key made it", async () => {
    const text = await (await ask()).text();
    const { signature, about }: File = JSON.parse(text);
    const signed = text.slice(0, text.lastIndexOf("\n", text.length - 2) + 1);
    const sha256 = createHash("sha256").update(signed).digest("hex");
    const key = createPublicKey(await answerExportKey().text());
    const value = Buffer.from(signature.value.replace("ed25519:", ""), "base64");
    expect(verify(null, Buffer.from(`fanfare-export-v1 ${sha256}`), key, value)).toBe(true);
    expect(signature).toMatchObject({ sha256, key_id: about.key_id });
  });

  test("is made with a key of the installation's secret, which it does not tell", () => {
    const one = exportKeyOf({ authSecret: "one secret of an installation" });
    const other = exportKeyOf({ authSecret: "another one" });
    expect(one.id).toMatch(/^[0-9a-f]{16}$/);
    expect(one.id).not.toBe(other.id);
    expect(one.publicPem).toContain("BEGIN PUBLIC KEY");
  });
});

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { setScene } from "@/testing/scene";
import { runShell, snippetsIn } from "@/testing/snippets";

const { app, receiver, customer, register, publish, ended } = setScene();

const folder = mkdtempSync(join(tmpdir(), "fanfare-docs-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The guides as this product serves them to programs: those that llms.txt names. */
const pages = new Map<string, string>();
beforeAll(async () => {
  const list = await (await fetch(`${app.url}/llms.txt`)).text();
  for (const [, url = ""] of list.matchAll(/\]\((.*?\.md)\)/g)) {
    const answer = await fetch(url);
    expect([url, answer.status, answer.headers.get("content-type")]).toEqual([
      url,
      200,
      "text/markdown; charset=utf-8",
    ]);
    pages.set(url.replace(`${app.url}/docs/`, "").replace(".md", ""), await answer.text());
  }
});

const snippetsOf = (page: string, language: string) => snippetsIn(pages.get(page) ?? "", language);

const runPython = (code: string, env: Record<string, string> = {}) =>
  execFileSync("python3", ["-"], {
    input: code,
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, ...env },
  });

function isInPython(module: string): boolean {
  return spawnSync("python3", ["-c", `import ${module}`]).status === 0;
}

async function environment(): Promise<Record<string, string>> {
  const webhook = await register();
  const { body } = await publish();
  await ended(webhook.id, "delivered");
  return {
    FANFARE_KEY: customer.key,
    PLATFORM_KEY: app.platformKey,
    WEBHOOK_URL: receiver.url,
    WEBHOOK_ID: webhook.id,
    EVENT_ID: (body as { id: string }).id,
  };
}

test.each([
  "first-delivery",
  "choose-events",
  "be-told",
  ...(isInPython("json") ? ["how-it-is-sent"] : []),
  "rotate-secrets",
  "retries-and-order",
  "for-platforms",
])("every command of %s works", async (page) => {
  const commands = snippetsOf(page, "sh");
  expect(commands.length).toBeGreaterThan(1);
  await runShell(commands, await environment(), folder);
});

test("the first delivery delivers a test", async () => {
  const output = await runShell(snippetsOf("first-delivery", "sh"), await environment(), folder);
  const [, tested = ""] = output.trim().split("\n"); // the registration's answer is before it
  expect(JSON.parse(tested)).toMatchObject({ status: "delivered", is_test: true });
});

test("the signature by hand is the one that the page says it is", async () => {
  const output = await runShell(snippetsOf("verify-signatures", "sh"), {}, folder);
  const said = [...(pages.get("verify-signatures") ?? "").matchAll(/^prints `(.+?)`/gm)].map(
    ([, text]) => text,
  );
  expect(output.trim().split("\n")).toEqual(said);
  expect(said).toHaveLength(2);
});

test.skipIf(!isInPython("hmac"))("and so is Python's", () => {
  const snippets = snippetsOf("verify-signatures", "python");
  expect(snippets).toHaveLength(1);
  expect(runPython(snippets.join("\n"))).toBe("");
});

test("a webhook that is registered twice under one key is one", async () => {
  const output = await runShell(snippetsOf("idempotent-receivers", "sh"), await environment(), folder);
  const ids = output
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line).id);
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
});

test.skipIf(!isInPython("sqlite3"))("the idempotent receiver does the work of an event once", () => {
  const event = '{"id": "e1", "data": {"search_id": "s-1", "hit_count": 2}}';
  const again = `handle(${event})\ndb.execute("delete from searches")\nhandle(${event})\n`;
  const count = 'print(db.execute("select count(*) from searches").fetchone()[0])';
  expect(runPython([...snippetsOf("idempotent-receivers", "python"), again, count].join("\n"))).toBe("0\n");
});

test.skipIf(!isInPython("requests"))("a platform publishes in Python, and again without harm", async () => {
  const env = await environment();
  await runShell(snippetsOf("for-platforms", "sh").slice(0, 1).map(asOther), env, folder);
  const code = snippetsOf("for-platforms", "python").map(asOther).join("\n");
  expect(runPython(code, env)).toBe("");
  expect(runPython(`${code}\nassert all(each["duplicate"] for each in answer.json())`, env)).toBe("");
});

/** As another customer than the one that was added before. */
const asOther = (snippet: string) => snippet.replaceAll("northwind", "northwind-2");

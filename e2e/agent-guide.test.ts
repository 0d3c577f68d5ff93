import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { collectOutput } from "@/testing/output";
import { freePort, passOn, toFetch } from "@/testing/pass-on";
import { secret, setScene } from "@/testing/scene";
import { guideOf, runShell, snippetsIn } from "@/testing/snippets";

const { app, customer, receiver, ask, publish } = setScene();

/** Where programs find the packages that the guide names. */
const folder = mkdtempSync(join("node_modules", ".cache", "fanfare-agent-guide-"));
afterAll(() => rmSync(folder, { recursive: true }));

let callback: ChildProcess | undefined;
afterEach(() => {
  callback?.kill();
  callback = undefined;
  vi.unstubAllEnvs();
});

const save = (name: string, code = "") => {
  const path = join(folder, name);
  writeFileSync(path, code);
  return path;
};

const environment = () => ({
  FANFARE_KEY: customer.key,
  PLATFORM_KEY: app.platformKey,
  CUSTOMER_ID: customer.id,
  CALLBACK_URL: `${receiver.url}/agent`,
  SECRET: secret,
});

/** Starts the guide's callback, behind a receiver that ends TLS; answers what it prints. */
async function startCallback(code = "") {
  const port = await freePort();
  const output = collectOutput();
  const env = { ...process.env, PORT: String(port), SECRET: secret };
  callback = spawn(process.execPath, [save("callback.mjs", code)], { env });
  output.listenTo(callback);
  await output.waitFor(/Listening\./);
  receiver.answerAlways(async (request) => {
    const answer = await passOn(request, `http://127.0.0.1:${port}${request.url}`);
    return { status: answer.status, body: await answer.text() };
  });
  return output;
}

/** What the protocol answers, with 200, to what it refuses. */
const refused = /"error":\{"code"/;

test("the walk leads from a key to an event that verified, its log, and the end", async () => {
  const guide = await guideOf(app, "agents");
  const commands = snippetsIn(guide, "sh");
  const output = await startCallback(snippetsIn(guide, "js")[0]);
  const publishing = commands.findIndex((command) => command.includes("/events -H"));
  const begun = await runShell(commands.slice(0, publishing + 1), environment());
  expect(begun).not.toMatch(refused);
  expect(begun).toMatch(/"id":"sub_[0-9a-f]{32}"/);
  const link = `${app.url}/dashboard/events/search-4711-done`;
  const sent = { search_id: "4711", hit_count: 2, case_id: "C-42", link };
  const [, printed = ""] = await output.waitFor(/^search-4711-done (.*)$/m);
  expect(JSON.parse(printed)).toEqual(sent);

  const ending = commands.filter((_, index) => index !== publishing);
  const ended = await runShell(ending, environment());
  expect(ended).not.toMatch(refused);
  expect(ended).toContain('"status":"delivered"');
  expect((await ask("GET", "/agents")).body).toEqual([]);
});

test("the program of the AI SDK watches a case, and goes on doing so", async () => {
  const code = snippetsIn(await guideOf(app, "agents"), "js")[1];
  for (const [name, value] of Object.entries(environment())) vi.stubEnv(name, value);
  const { POST: handle, watchCase } = await import(join(process.cwd(), save("program.mjs", code)));
  receiver.answerAlways(async (request) => {
    const answer = await handle(toFetch(request, receiver.url + request.url));
    return { status: answer.status, body: await answer.text() };
  });
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  vi.useFakeTimers({ toFake: ["setInterval"] });
  expect(await watchCase("C-42")).toMatchObject({ truncated: false });
  const { body } = await publish({ data: { search_id: "s-1", case_id: "C-42" } });
  const { id } = body as { id: string };
  await expect
    .poll(() => log.mock.calls, { timeout: 10_000 })
    .toContainEqual([id, expect.objectContaining({ case_id: "C-42" })]);

  const ends = async () =>
    ((await ask("GET", "/agents")).body as { expires_at: string }[])[0]?.expires_at ?? "";
  const before = await ends();
  vi.advanceTimersByTime(20 * 60_000);
  await expect.poll(ends, { timeout: 10_000 }).not.toBe(before);
  vi.useRealTimers();
  log.mockRestore();
});

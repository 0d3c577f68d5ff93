import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { isRunning } from "@/server/process/is-running";
import { collectOutput } from "@/testing/output";

let stop = () => {};
afterEach(() => stop());

test("npm run demo shows a living account, and leaves nothing behind", async () => {
  const demo = spawn("npm", ["run", "demo"], { env: { ...process.env, PORT: "0" } });
  stop = () => demo.kill("SIGTERM");
  const output = collectOutput();
  output.listenTo(demo);
  const [, signInUrl = ""] = await output.waitFor(/Sign in +(\S+)/);
  const [, email] = await output.waitFor(/Email +(\S+)/);
  const [, password] = await output.waitFor(/Password +(\S+)/);
  const [, folder = ""] = await output.waitFor(/Data and keys are in (\S+)/);
  const { origin } = new URL(signInUrl);
  expect(existsSync(folder)).toBe(true);

  const cookie = await signIn(origin, email, password);
  const statuses = async () => {
    const response = await fetch(`${origin}/api/trpc/webhooks.list`, { headers: { cookie } });
    const { result } = (await response.json()) as { result: { data: { status: string }[] } };
    return result.data.map(({ status }) => status);
  };
  const ofEveryKind = expect.arrayContaining(["active", "failing", "disabled"]);
  await expect.poll(statuses, { timeout: 30_000 }).toEqual(ofEveryKind);

  const pids = [...output.text().matchAll(/process (\d+)/g)].map(([, pid]) => Number(pid));
  expect(pids).toHaveLength(3);
  demo.kill("SIGTERM");
  const [status] = await once(demo, "exit");
  expect(status).toBe(0);
  expect(existsSync(folder)).toBe(false);
  expect(pids.filter(isRunning)).toEqual([]);
});

async function signIn(origin: string, email = "", password = ""): Promise<string> {
  const response = await fetch(`${origin}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
  const cookies = response.headers.getSetCookie().map((line) => line.split(";")[0]);
  return cookies.join("; ");
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

/** Starts a process of the built product that cannot start, and answers its exit status and what it said on stderr. */
export async function failedStart(
  env: Record<string, string>,
  entry = "supervisor",
): Promise<{ status: number | null; said: string }> {
  const child = spawn(process.execPath, [`dist/${entry}.mjs`], {
    env: { PATH: process.env.PATH, NODE_ENV: "production", PORT: "0", ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const [said, [status]] = await Promise.all([text(child.stderr), once(child, "exit")]);
  return { status, said };
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { expect } from "vitest";
import type { App } from "./app";

/** What readers fill in; the environment has it in a test. */
const blank = /^export \w+=.*…\n/gm;

/** The snippets of one language in a guide's Markdown. What is shown of a file is that file, which has tests of its own. */
export function snippetsIn(guide: string, language: string): string[] {
  return [...guide.matchAll(/^```(\w+)( file=.+)?\n([\s\S]*?)^```$/gm)].flatMap(
    ([, name, file, code = ""]) => (name === language && !file ? [code.replaceAll(blank, "")] : []),
  );
}

/** A guide as the running product serves it to programs. */
export async function guideOf(app: App, slug: string): Promise<string> {
  const answer = await fetch(`${app.url}/docs/${slug}.md`);
  expect(answer.status).toBe(200);
  return answer.text();
}

/**
 * Runs commands as somebody would who follows the page, while receivers of the test go on; a call that is refused fails
 * the test. Answers what they printed.
 */
export async function runShell(
  commands: string[],
  env: Record<string, string>,
  cwd?: string,
): Promise<string> {
  const child = spawn("sh", { cwd, env: { ...process.env, ...env } });
  const refusing = 'set -e\ncurl() { command curl -sS --fail-with-body "$@"; echo; }\n';
  child.stdin.end(refusing + commands.join("\n"));
  const [printed, complaint, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit"),
  ]);
  expect(status, complaint + printed).toBe(0);
  return printed;
}

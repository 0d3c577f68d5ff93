import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";

const isTerminal = () => process.stdin.isTTY === true;

/** Whether somebody says yes. Throws where nobody can be asked. */
export async function isSure(question: string, signal: AbortSignal): Promise<boolean> {
  if (!isTerminal()) throw new Error("Nobody can be asked here. Say --yes to go on.");
  const line = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await line.question(`${question} [y/N] `, { signal })).trim());
  } finally {
    line.close();
  }
}

/** What is typed without being seen, or what is piped in. */
export async function askSecret(question: string, signal: AbortSignal): Promise<string> {
  if (!isTerminal()) return (await piped()).trim();
  process.stderr.write(question);
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const line = createInterface({ input: process.stdin, output: unseen, terminal: true });
  try {
    return (await line.question("", { signal })).trim();
  } finally {
    line.close();
    process.stderr.write("\n");
  }
}

/** All of standard input. */
export async function piped(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

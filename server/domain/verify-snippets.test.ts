import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signatureHeaders } from "./signature";
import { verifySnippets } from "./verify-snippets";

const body = '{"id":"e-1","type":"search_completed","data":{"name":"Zoë – 東京"}}';
const previousSecret = "the one before";
const secrets = {
  plain: "a secret with sp@ces and ünicode",
  standard: `whsec_${Buffer.alloc(24, 5).toString("base64")}`,
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "verify-"));
  for (const { file, code } of verifySnippets) writeFileSync(join(folder, file), code);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a program in the folder; null where the machine does not have it. */
function run(command: string, args: string[], env: Record<string, string>): string | null {
  const { error, stdout, stderr } = spawnSync(command, args, {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: process.env.PATH, NODE_ENV: "test", ...env },
  });
  if (error) return null;
  if (stderr) throw new Error(stderr);
  return stdout.trim();
}

const runners: Record<
  string,
  (headers: Record<string, string>, sent: string, secret: string) => string | null
> = {
  Node: (headers, sent, secret) =>
    run("node", ["--input-type=module", "-e", nodeMain], {
      HEADERS: JSON.stringify(headers),
      BODY: sent,
      SECRET: secret,
    }),
  Python: (headers, sent, secret) =>
    run("python3", ["-c", pythonMain], {
      HEADERS: JSON.stringify(headers),
      BODY: sent,
      SECRET: secret,
      PYTHONUTF8: "1",
    }),
  Shell: (headers, sent, secret) => {
    if (run("openssl", ["version"], {}) === null) return null;
    writeFileSync(join(folder, "body.json"), sent);
    return run("sh", ["verify.sh"], { SIGNATURE: headers["x-signature"] ?? "", SECRET: secret });
  },
};

const nodeMain = `import { verify } from "./verify.mjs";
const { HEADERS, BODY, SECRET } = process.env;
console.log(verify(JSON.parse(HEADERS), BODY, SECRET) ? "genuine" : "forged");`;
const pythonMain = `import json, os
from verify import verify
e = os.environ
print("genuine" if verify(json.loads(e["HEADERS"]), e["BODY"].encode(), e["SECRET"]) else "forged")`;

function headersOf(secret: string, timestampSeconds = Math.floor(Date.now() / 1000)): Record<string, string> {
  const signed = signatureHeaders({ body, eventId: "e-1", timestampSeconds, secret, previousSecret });
  const all = { ...signed, "webhook-id": "e-1", "webhook-timestamp": String(timestampSeconds) };
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name.toLowerCase(), value]));
}

describe.each(verifySnippets)("the $language snippet", ({ language }) => {
  const judge = (...args: Parameters<(typeof runners)[string]>) =>
    runners[language]?.(...args) ?? "not to be tried here";
  const verdict = (word: string) => expect.stringMatching(`^(${word}|not to be tried here)$`);

  test.each(Object.entries(secrets))("tells genuine from forged with a %s secret", (_, secret) => {
    expect(judge(headersOf(secret), body, secret)).toEqual(verdict("genuine"));
    expect(judge(headersOf(secret), body.replace("e-1", "e-2"), secret)).toEqual(verdict("forged"));
    expect(judge(headersOf(secret), body, "another secret")).toEqual(verdict("forged"));
  });
});

test.each(["Node", "Python"])(
  "the %s snippet takes the secret before a rotation, and nothing old",
  (language) => {
    const judge = runners[language];
    const old = headersOf(secrets.plain, Math.floor(Date.now() / 1000) - 301);
    expect(judge?.(headersOf(secrets.plain), body, previousSecret) ?? "genuine").toBe("genuine");
    expect(judge?.(old, body, secrets.plain) ?? "forged").toBe("forged");
  },
);

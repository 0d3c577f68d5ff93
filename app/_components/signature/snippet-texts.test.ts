import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { bodySignature } from "@/domain/webhook/signature";
import { snippets } from "./snippet-texts";

const folder = mkdtempSync(join(tmpdir(), "snippets-"));
afterAll(() => rmSync(folder, { recursive: true }));

const body = '{"text":"grün","n":1.0}';
const secret = "whsec_c2VjcmV0IHNlY3JldCBzZWNyZXQ=";
const signature = bodySignature(body, secret);
const other = bodySignature(body, "another secret");
const snippet = (value: string) => snippets.find((each) => each.value === value)?.text ?? "";

const answers = (command: string, question: string) => {
  try {
    execFileSync(command, [question], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};

/** As a request brings them, and whether the snippets are to take it. */
const requests: [Record<string, string>, boolean][] = [
  [{ "X-Signature": signature }, true],
  [{ "X-Signature": other, "X-Signature-Next": signature }, true],
  [{ "X-Signature": other, "X-Signature-Previous": signature }, true],
  [{ "X-Signature": other, "X-Signature-Next": other }, false],
  [{ "X-Signature": `${signature}é` }, false],
  [{}, false],
];

test("the Node snippet accepts a right signature in any of three headers, and nothing else", () => {
  const script = `${snippet("node")}
    const [body, secret, requests] = process.argv.slice(1);
    const check = (body, headers) => isFromFanfare(Buffer.from(body), headers, secret);
    const lower = (headers) => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    const all = JSON.parse(requests).map(lower);
    console.log(JSON.stringify([...all.map((headers) => check(body, headers)), check(body + " ", all[0])]));`;
  const args = [
    "--input-type=module",
    "-e",
    script,
    body,
    secret,
    JSON.stringify(requests.map(([headers]) => headers)),
  ];
  const out = execFileSync(process.execPath, args);
  expect(JSON.parse(out.toString())).toEqual([...requests.map(([, isRight]) => isRight), false]);
});

test.runIf(answers("python3", "--version"))(
  "the Python snippet accepts a right signature in any of three headers, and nothing else",
  () => {
    const script = `import json\nimport sys\n${snippet("python")}
body, secret, requests = sys.argv[1:]
requests = json.loads(requests)
found = [is_from_fanfare(body.encode(), headers, secret) for headers in requests]
print(json.dumps([*found, is_from_fanfare(body.encode() + b" ", requests[0], secret)]))`;
    const out = execFileSync("python3", [
      "-c",
      script,
      body,
      secret,
      JSON.stringify(requests.map(([headers]) => headers)),
    ]);
    expect(JSON.parse(out.toString())).toEqual([...requests.map(([, isRight]) => isRight), false]);
  },
);

test.runIf(answers("openssl", "version"))("the shell snippet prints the right signature", () => {
  writeFileSync(join(folder, "body.json"), body);
  const out = execFileSync("sh", ["-c", snippet("shell")], {
    cwd: folder,
    env: { ...process.env, SECRET: secret },
  });
  expect(out.toString().trim()).toBe(signature);
});

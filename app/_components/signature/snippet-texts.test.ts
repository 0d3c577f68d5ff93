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
const snippet = (value: string) => snippets.find((each) => each.value === value)?.text ?? "";

const answers = (command: string, question: string) => {
  try {
    execFileSync(command, [question], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};

test("the Node snippet accepts a right signature and nothing else", () => {
  const script = `${snippet("node")}
    const [body, header, secret] = process.argv.slice(1);
    console.log(isFromFanfare(Buffer.from(body), header, secret), isFromFanfare(Buffer.from(body + " "), header, secret), isFromFanfare(Buffer.from(body), undefined, secret));`;
  const out = execFileSync(process.execPath, ["--input-type=module", "-e", script, body, signature, secret]);
  expect(out.toString().trim()).toBe("true false false");
});

test.runIf(answers("python3", "--version"))(
  "the Python snippet accepts a right signature and nothing else",
  () => {
    const script = `import sys\n${snippet("python")}
body, header, secret = sys.argv[1:]
print(is_from_fanfare(body.encode(), header, secret), is_from_fanfare(body.encode() + b" ", header, secret), is_from_fanfare(body.encode(), None, secret))`;
    const out = execFileSync("python3", ["-c", script, body, signature, secret]);
    expect(out.toString().trim()).toBe("True False False");
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

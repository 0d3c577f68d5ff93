import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApiDocument } from "@/server/api/openapi/document";
import { groupsOf } from "./groups";
import { snippetsOf } from "./snippets";

type Request = { method: string; path: string; key: string; json: unknown };

const requests: Request[] = [];
const server = createServer(async (incoming, outgoing) => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString();
  const { method = "", url: path = "", headers } = incoming;
  requests.push({
    method,
    path,
    key: String(headers["x-api-key"]),
    json: body === "" ? null : JSON.parse(body),
  });
  outgoing.writeHead(200, { "content-type": "application/json" }).end("{}");
});
let url: string;
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const ids = { CUSTOMER_ID: "northwind", EVENT_ID: "search-4711-done" };
const anyId = "0b9a3f0e-5f0c-4c8e-9a57-3a6f3d8f6c11";
const idNames = ["WEBHOOK_ID", "INCIDENT_ID", "RECOVERY_ID", "MARK_ID", "AGENT_ID", "KEY_ID"];
const env: NodeJS.ProcessEnv = {
  NODE_ENV: "test",
  PATH: process.env.PATH,
  FANFARE_KEY: "fk_customer",
  PLATFORM_KEY: "fp_platform",
  ...Object.fromEntries(idNames.map((name) => [name, anyId])),
  ...ids,
};

const callsAt = (publicUrl: string) => {
  const document = openApiDocument({ version: "1.2.3", publicUrl });
  return groupsOf(document)
    .flatMap(({ calls }) => calls)
    .map((call) => ({ call, snippets: snippetsOf(call, document) }));
};

const hasRequests = (() => {
  try {
    execFileSync("python3", ["-c", "import requests"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

/** Runs the snippets of one language, one after the other in one process, and answers what they sent. */
async function sentBy(
  program: string[],
  language: string,
  joined: (texts: string[]) => string,
): Promise<Request[]> {
  requests.length = 0;
  const texts = callsAt(url).map(
    ({ snippets }) => snippets.find((one) => one.language === language)?.text ?? "",
  );
  const [file = "", ...args] = program;
  const child = spawn(file, args, { env, stdio: ["pipe", "ignore", "pipe"] });
  let complaints = "";
  child.stderr.on("data", (chunk) => (complaints += chunk));
  child.stdin.end(joined(texts));
  const [status] = await once(child, "exit");
  expect([status, complaints]).toEqual([0, ""]);
  return [...requests];
}

/** What the document says of each call. */
const described = () =>
  callsAt(url).map(({ call: { method, path, operation } }) => ({
    method,
    path: path.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(env[name.toUpperCase()])),
    key: keyOf(operation["x-access"]),
    json: operation.requestBody?.content["application/json"].example ?? null,
  }));

function keyOf(access: string | undefined) {
  if (access === undefined) return "undefined";
  return access === "platform" || access === "keys" ? env.PLATFORM_KEY : env.FANFARE_KEY;
}

describe("each call's snippet sends what the document describes:", () => {
  test("in curl", async () => {
    expect(
      await sentBy(["sh", "-e"], "sh", (texts) =>
        texts.map((text) => text.replace("curl", "curl -sS -o /dev/null")).join("\n"),
      ),
    ).toEqual(described());
  });

  test.skipIf(!hasRequests)("in Python", async () => {
    expect(await sentBy(["python3", "-"], "python", (texts) => texts.join("\n"))).toEqual(described());
  });
});

test("every call that needs a body shows one", () => {
  const without = callsAt(url).filter(({ call: { operation } }) => {
    const { required, content } = operation.requestBody ?? {};
    return required && content?.["application/json"].example === undefined;
  });
  expect(without.map(({ call }) => call.operation.operationId)).toEqual([]);
});

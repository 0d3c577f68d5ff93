import type { OpenApi } from "@/server/api/openapi/types";
import type { Call } from "./groups";

export type Snippet = { name: string; language: string; text: string };

/** A call as a command and as programs that people can paste. They find the key in their environment. */
export function snippetsOf(call: Call, document: OpenApi): Snippet[] {
  const url = document.servers[0]?.url ?? "";
  return [
    { name: "curl", language: "sh", text: inCurl(call, url) },
    { name: "TypeScript", language: "ts", text: inTypeScript(call, url) },
    { name: "Python", language: "python", text: inPython(call, url) },
  ];
}

const exampleOf = ({ operation }: Call) => operation.requestBody?.content["application/json"].example;

/** The variable of the environment that holds the key; null where none is needed. */
function keyOf({ operation }: Call): string | null {
  const access = operation["x-access"];
  if (!access) return null;
  return access === "platform" || access === "keys" ? "PLATFORM_KEY" : "FANFARE_KEY";
}

function inCurl(call: Call, url: string): string {
  const { method, path } = call;
  const target = `${url}${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `$${name.toUpperCase()}`)}`;
  const example = exampleOf(call);
  const key = keyOf(call);
  const parts = [`curl ${method === "GET" ? "" : `-X ${method} `}"${target}"`];
  if (key) parts.push(`-H "X-API-KEY: $${key}"`);
  if (example !== undefined) {
    parts.push('-H "Content-Type: application/json"', `-d '${JSON.stringify(example, null, 2)}'`);
  }
  return parts.join(" \\\n  ");
}

/** By fanfare-client, whose calls are those of tRPC: parameters and body are one input. */
function inTypeScript(call: Call, url: string): string {
  const key = keyOf(call);
  if (!key) return `const answer = await fetch(${JSON.stringify(url + call.path)});`;
  const example = exampleOf(call);
  const input = Array.isArray(example) ? example : { ...idsOf(call), ...(example as object) };
  const argument = Object.keys(input).length > 0 ? inTs(input) : "";
  return [
    'import { createFanfareClient } from "fanfare-client";',
    "",
    `const fanfare = createFanfareClient({ url: ${JSON.stringify(url)}, apiKey: process.env.${key} ?? "" });`,
    `const answer = await fanfare.${call.operation.operationId}(${argument});`,
  ].join("\n");
}

/** By requests, which is what most programs in Python have. */
function inPython(call: Call, url: string): string {
  const { method, path } = call;
  const key = keyOf(call);
  const example = exampleOf(call);
  const ids = idsOf(call);
  const target = `${url}${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? "")}`;
  return [
    key ? "import os\n\nimport requests\n" : "import requests\n",
    `answer = requests.${method.toLowerCase()}(`,
    `    ${JSON.stringify(target)},`,
    ...(key ? [`    headers={"X-API-KEY": os.environ["${key}"]},`] : []),
    ...(example === undefined ? [] : [`    json=${indented(inPy(example), "    ")},`]),
    "    timeout=10,",
    ")",
    "answer.raise_for_status()",
  ].join("\n");
}

const samples: Record<string, string> = {
  customer_id: "northwind",
  event_id: "search-4711-done",
};
const sampleId = "0b9a3f0e-5f0c-4c8e-9a57-3a6f3d8f6c11";

/** The parameters of a path, each with an id. */
function idsOf({ path }: Call): Record<string, string> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  return Object.fromEntries(names.map((name) => [name, samples[name] ?? sampleId]));
}

/** JSON is TypeScript; names need no quotes there. */
const inTs = (value: unknown) =>
  JSON.stringify(value, null, 2).replaceAll(/^( *)"([A-Za-z_]\w*)":/gm, "$1$2:");

/** JSON is Python but for three words. */
function inPy(value: unknown, margin = ""): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value !== "object") return JSON.stringify(value);
  const inner = `${margin}    `;
  const parts = Array.isArray(value)
    ? value.map((each) => inPy(each, inner))
    : Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${inPy(each, inner)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  if (parts.length === 0) return `${open}${close}`;
  return `${open}\n${parts.map((part) => `${inner}${part}`).join(",\n")}\n${margin}${close}`;
}

const indented = (text: string, by: string) => text.replaceAll("\n", `\n${by}`);

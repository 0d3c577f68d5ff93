import type { OpenApi } from "@/server/api/openapi/types";
import { anchor } from "../_markdown/anchor";
import type { Part } from "../_pages/part";
import { type Field, fieldsOf, limitsOf, parameterFields, wordsOf } from "./fields";
import { type Call, groupsOf } from "./groups";
import { snippetsOf } from "./snippets";

/** The reference in Markdown: what holds for all calls, each call, and the objects. */
export function referenceParts(document: OpenApi): Part[] {
  const groups = groupsOf(document).flatMap(({ name, description, calls }) => [
    { id: anchor(name), title: name, text: `## ${name}\n\n${description}` },
    ...calls.map((call) => callPart(call, document)),
  ]);
  const objects = Object.entries(document.components.schemas).map(([name, schema]) => ({
    id: anchor(name),
    title: name,
    text: [`### ${name}`, fieldTable(fieldsOf(schema, document))].join("\n\n"),
  }));
  return [
    basics(document),
    ...groups,
    ...receiving(document),
    { id: "objects", title: "Objects", text: "## Objects" },
    ...objects,
  ];
}

function basics({ info, servers }: OpenApi): Part {
  const url = servers[0]?.url ?? "";
  const text = [
    "# Fanfare API",
    info.description,
    `The same for programs: [openapi.json](/openapi.json). Refusals and limits: [errors and limits](/docs/errors-and-limits).`,
    fence("sh", `curl ${url}/webhooks -H "X-API-KEY: $FANFARE_KEY"`),
  ];
  return { id: "basics", title: "Basics", text: text.join("\n\n") };
}

function callPart(call: Call, document: OpenApi): Part {
  const { operationId, summary, description, requestBody, responses } = call.operation;
  const body = requestBody?.content["application/json"].schema;
  const fields = [...parameterFields(call.operation), ...(body ? fieldsOf(body, document) : [])];
  const answers = Object.entries(responses).map(([status, answer]) => {
    const schema = "content" in answer ? answer.content?.["application/json"].schema : undefined;
    return schema ? `\`${status}\` ${wordsOf(schema)}` : `\`${status}\``;
  });
  const text = [
    `### ${summary}`,
    `\`${call.method} ${call.path}\`, \`${operationId}\` over tRPC. ${description ?? ""}`.trim(),
    ...(call.operation["x-destructive"] ? ["Nothing brings back what this ends or removes."] : []),
    ...(fields.length > 0 ? [fieldTable(fields)] : []),
    ...snippetsOf(call, document).map(({ language, text }) => fence(language, text)),
    `Answers: ${answers.join(", ")}.`,
  ];
  return { id: anchor(operationId), title: summary, text: text.join("\n\n") };
}

/** What an endpoint gets of each type; how it is checked is a guide. */
function receiving({ webhooks }: OpenApi): Part[] {
  const types = Object.entries(webhooks);
  const headers = types[0]?.[1].post.parameters ?? [];
  const intro = [
    "## Receiving",
    "One POST an attempt, over HTTPS. Any 2xx means delivered. How to check it: [verify signatures](/docs/verify-signatures).",
    fieldTable(
      headers.map(({ name, required, description }) => ({
        name,
        required,
        description,
        schema: { type: "string" },
      })),
    ),
  ];
  return [
    { id: "receiving", title: "Receiving", text: intro.join("\n\n") },
    ...types.map(([type, { post }]) => ({
      id: "event-types",
      title: type,
      text: [
        `### ${type}`,
        post.summary,
        fence("json", JSON.stringify(post.requestBody?.content["application/json"].example, null, 2)),
      ].join("\n\n"),
    })),
  ];
}

function fieldTable(fields: Field[]): string {
  const rows = fields.map(({ name, place, required, schema, description = "" }) => {
    const facts = [description, limitsOf(schema)].filter(Boolean).join(". ");
    const what = [place, required ? "required" : "optional"].filter(Boolean).join(", ");
    return `| \`${name}\` | ${what} | ${inCell(wordsOf(schema))} | ${inCell(facts)} |`;
  });
  return ["| Field | | Value | Meaning |", "|---|---|---|---|", ...rows].join("\n");
}

const inCell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");

const fence = (language: string, text: string) => `\`\`\`${language}\n${text}\n\`\`\``;

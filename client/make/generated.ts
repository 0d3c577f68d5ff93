import type { z } from "zod";
import { dataJsonSchema, receivedTypes } from "@/domain/event/catalogue";
import type { Access } from "@/server/api/access";
import { createSchemas, type Schemas } from "@/server/api/openapi/schemas";
import { routes } from "@/server/api/rest/routes";
import { appRouter } from "@/server/api/router";
import { commentText, typeText } from "./typescript";

/** What `client/src/generated.ts` has to be: the types of today's events and procedures, and which are queries. */
export function generatedText(): string {
  const schemas = createSchemas();
  const all = callable();
  const procedures = all.filter(({ name }) => !byHand.has(name));
  const calls = callsText(procedures, schemas);
  for (const { output } of all) if (output) schemas.of(output, "output"); // what is wrapped by hand answers them too
  const components = Object.entries(schemas.components)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, schema]) => `export type ${name} = ${typeText(schema, "output")};\n`);
  return [
    "// Made by `npm run client` from the router and the catalogue: change those, not this.\n",
    'import type { CallOptions, RepeatableOptions } from "./call-options";\n',
    eventsText(),
    ...components,
    calls,
    kindsText(procedures),
  ].join("\n");
}

/** Those that the client wraps by hand: one is retried under an id of its own, one is no call but a stream. */
const byHand = new Set(["events.publish", "live.deliveries"]);

/** Whom a key can be: people alone may ask the others. */
const forKeys: readonly Access[] = ["anyone", "platform", "read", "change", "log", "keys"];

type Procedure = {
  /** `webhooks.list` */
  name: string;
  kind: "query" | "mutation" | "subscription";
  input: z.ZodType | undefined;
  output: z.ZodType | undefined;
};

type Definitions = Record<
  string,
  { _def: { type: Procedure["kind"]; meta?: { access: Access }; inputs: unknown[]; output?: z.ZodType } }
>;

function callable(): Procedure[] {
  const definitions = Object.entries(appRouter._def.procedures as unknown as Definitions);
  return definitions.flatMap(([name, { _def: definition }]) => {
    const { type: kind, meta, inputs, output } = definition;
    const input = inputs.find((one) => typeof one === "object") as z.ZodType | undefined;
    return meta && forKeys.includes(meta.access) ? [{ name, kind, input, output }] : [];
  });
}

function eventsText(): string {
  const entries = receivedTypes.map((entry) => {
    const about = commentText(entry.description, "  ");
    return `${about}  ${nameText(entry.type)}: ${typeText(dataJsonSchema(entry), "output", "  ")};\n`;
  });
  return [
    "/** What `data` of each type of event holds. More fields may come. */",
    `export type EventData = {\n${entries.join("")}};\n`,
    "/** The types of the catalogue. */",
    "export type EventTypeName = keyof EventData;\n",
  ].join("\n");
}

/** Names with a dot are quoted. */
const nameText = (name: string) => (/^\w+$/.test(name) ? name : JSON.stringify(name));

function callsText(procedures: Procedure[], schemas: Schemas): string {
  const nouns = new Set(procedures.map(({ name }) => nounOf(name)));
  const parts = [...nouns].map((noun) => {
    const verbs = procedures.filter(({ name }) => nounOf(name) === noun);
    const methods = verbs.map((verb) => methodText(verb, schemas));
    return `  ${noun}: {\n${methods.join("")}  };\n`;
  });
  return `/** The calls of the API that a key can make. */\nexport type Calls = {\n${parts.join("")}};\n`;
}

const nounOf = (name: string) => name.slice(0, name.indexOf("."));

function methodText({ name, input, output }: Procedure, schemas: Schemas): string {
  const indent = "    ";
  const route = routes.find(({ procedure }) => procedure === name);
  const about = [route?.summary, route?.description].filter(Boolean).join(". ");
  const schema = input && schemas.of(input, "input");
  const isNeeded = (schema?.required ?? []).length > 0;
  const given = schema
    ? `input${isNeeded ? "" : "?"}: ${typeText(schema, "input", indent)}`
    : "input?: undefined";
  const answered = output ? typeText(schemas.of(output, "output"), "output", indent) : "unknown";
  const verb = name.slice(name.indexOf(".") + 1);
  const options = isRepeatable(name) ? "RepeatableOptions" : "CallOptions";
  return `${commentText(about, indent)}${indent}${verb}(${given}, options?: ${options}): Promise<${answered}>;\n`;
}

const isRepeatable = (name: string) =>
  routes.some(({ procedure, isRepeatable }) => procedure === name && isRepeatable);

function kindsText(procedures: Procedure[]): string {
  const kinds = procedures.map(
    ({ name, kind }) => `  "${name}": "${isRepeatable(name) ? "repeatable" : kind}",\n`,
  );
  return `/** @internal Queries are asked with GET and may be asked again; so may what is repeatable, under one key. */\nexport const kinds = {\n${kinds.join("")}} as const;\n`;
}

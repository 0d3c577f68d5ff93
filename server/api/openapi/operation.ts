import type { z } from "zod";
import { webhookCreationLimits } from "@/domain/limits";
import type { Access } from "../access";
import { idempotencyHeader, replayedHeader } from "../idempotency";
import { procedureOf } from "../rest/procedure-of";
import type { Route } from "../rest/routes";
import { refusalsOf } from "./errors";
import type { JsonSchema, Schemas } from "./schemas";
import { tagOf } from "./tags";
import type { Answer, Operation, Parameter } from "./types";

/** A route as OpenAPI says it. Parameters, body and answer come from its procedure. */
export function operationOf(route: Route, schemas: Schemas): Operation {
  const { access, input, output } = procedureOf(route);
  const fields = input ? objectOf(schemas.of(input, "input")) : { properties: {}, required: [] };
  const pathNames = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const parameters = [
    ...pathNames.map((name) => parameter("path", name, fields, true)),
    ...(route.query ?? []).map((name) => parameter("query", name, fields, false)),
    ...(access === "read" || access === "change" ? [customerHeader] : []),
    ...(route.isRepeatable ? [idempotencyParameter] : []),
  ];
  const body = bodyOf(route, fields, pathNames, schemas);
  return {
    operationId: route.procedure,
    summary: route.summary,
    description: [route.description, keyWords[access]].filter(Boolean).join(" "),
    tags: [tagOf(route.procedure)],
    parameters,
    ...(body && {
      requestBody: {
        required: route.body !== undefined || hasRequired(body),
        content: json(body, route.example),
      },
    }),
    responses: { ...successes(route, output, schemas), ...refusalsOf(refusedWith(route, parameters, body)) },
    "x-access": access,
    ...((route.method === "DELETE" || route.isDestructive) && { "x-destructive": true }),
  };
}

const keyWords: Partial<Record<Access, string>> = {
  anyone: "Called with any key.",
  platform: "Called with the platform's key.",
  keys: "Called with the platform's key.",
  read: "Called with a customer's key.",
  change: "Called with a customer's key that has full access.",
  log: "Called with a customer's key, or with the platform's.",
};

const customerHeader: Parameter = {
  name: "X-Customer-Id",
  in: "header",
  required: false,
  description: "With the platform's key: id or external id of the customer that the call is made for",
  schema: { type: "string" },
};

const idempotencyParameter: Parameter = {
  name: idempotencyHeader,
  in: "header",
  required: false,
  description:
    "Makes the call once, however often it is sent: the same key with the same content answers, for 24 hours, the webhook as it is, with Idempotent-Replayed: true. With another content, or once the webhook is deleted, it is 409. What was refused is not remembered",
  schema: { type: "string", minLength: 1, maxLength: webhookCreationLimits.keyLength },
};

type Fields = { properties: Record<string, JsonSchema>; required: string[] };

function objectOf({ properties = {}, required = [] }: JsonSchema): Fields {
  const schemas = Object.entries(properties).map(([name, schema]) => [
    name,
    typeof schema === "object" ? schema : {},
  ]);
  return { properties: Object.fromEntries(schemas), required };
}

function parameter(
  place: "path" | "query",
  name: string,
  { properties }: Fields,
  required: boolean,
): Parameter {
  const { description, ...schema } = properties[name] ?? { type: "string" };
  return { name, in: place, required, ...(description && { description }), schema };
}

/** What is left of the input once path and query have theirs; null when nothing is. */
function bodyOf(route: Route, fields: Fields, pathNames: string[], schemas: Schemas): JsonSchema | null {
  if (route.method === "GET" || route.method === "DELETE") return null;
  if (route.body) return schemas.of(route.body, "input");
  const isLeft = (name: string) => !pathNames.includes(name);
  const left = Object.entries(fields.properties).filter(([name]) => isLeft(name));
  if (left.length === 0) return null;
  const required = fields.required.filter(isLeft);
  return { type: "object", properties: Object.fromEntries(left), ...(required.length > 0 && { required }) };
}

const hasRequired = ({ required = [] }: JsonSchema) => required.length > 0;

function successes(route: Route, output: z.ZodType | undefined, schemas: Schemas): Record<string, Answer> {
  const nothing = { 204: { description: "Done; there is nothing to tell." } };
  if (route.status === 204 || !output) return nothing;
  const { schema, isNullable } = withoutNull(schemas.of(output, "output"));
  const answered = route.isPaged ? (objectOf(schema).properties.items ?? {}) : schema;
  const answer: Answer = {
    description: route.summary,
    ...(route.isPaged && { headers: linkHeader }),
    ...(route.isRepeatable && { headers: replayed }),
    content: json(answered),
  };
  return { [route.status]: answer, ...(isNullable && nothing) };
}

const linkHeader = {
  link: {
    description: 'The next page as <…>; rel="next". Only a missing link is the end.',
    schema: { type: "string" as const },
  },
};

const replayed = {
  [replayedHeader]: {
    description: "true when the webhook was there already, under the same Idempotency-Key",
    schema: { type: "string" as const, enum: ["true"] },
  },
};

function withoutNull(schema: JsonSchema): { schema: JsonSchema; isNullable: boolean } {
  const [first, second] = schema.anyOf ?? [];
  const isNullable = typeof second === "object" && second.type === "null" && typeof first === "object";
  return isNullable ? { schema: first as JsonSchema, isNullable } : { schema, isNullable };
}

const json = (schema: JsonSchema, example?: unknown) => ({
  "application/json": { schema, ...(example !== undefined && { example }) },
});

function refusedWith(route: Route, parameters: Parameter[], body: JsonSchema | null): number[] {
  const hasInput = body !== null || parameters.some((one) => one.in === "query");
  const finds = route.body !== undefined || parameters.some((one) => one.in !== "query");
  const statuses = [401, 403, 429, 500, ...(route.refusals ?? [])];
  if (hasInput) statuses.push(400);
  if (finds) statuses.push(404);
  if (route.method === "POST" || route.method === "PATCH") statuses.push(413, 415, 503);
  return statuses.sort((a, b) => a - b);
}

import type { Access } from "../access";
import type { JsonSchema } from "./schemas";

/** The parts of OpenAPI 3.1 that are used here. */
export type OpenApi = {
  openapi: "3.1.0";
  info: {
    title: string;
    version: string;
    summary: string;
    description: string;
    license: { name: string; identifier: string };
  };
  servers: { url: string }[];
  security: Security[];
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  webhooks: Record<string, { post: Operation }>;
  components: {
    schemas: Record<string, JsonSchema>;
    responses: Record<string, Answer>;
    securitySchemes: Record<string, { type: "apiKey"; in: "header"; name: string; description: string }>;
  };
};

type Security = Record<string, never[]>;

export type Operation = {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  security?: Security[];
  parameters: Parameter[];
  requestBody?: { required: boolean; content: Content };
  responses: Record<string, Answer | { $ref: string }>;
  /** Whose call it is: see ../access.ts. Absent where nobody has to say who they are. */
  "x-access"?: Access;
  /** It ends or removes something, and nothing brings that back. */
  "x-destructive"?: true;
};

export type Parameter = {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  description?: string;
  schema: JsonSchema;
};

export type Content = { "application/json": { schema: JsonSchema; example?: unknown } };

export type Answer = {
  description: string;
  headers?: Record<string, { description: string; schema: JsonSchema }>;
  content?: Content;
};

import type { z } from "zod";
import type { Access } from "../access";
import { appRouter } from "../router";
import type { Route } from "./routes";

export type ProcedureFacts = {
  access: Access;
  /** What it takes, where that is a schema. */
  input: z.ZodType | undefined;
  output: z.ZodType | undefined;
};

type Definitions = Record<
  string,
  { _def: { meta?: { access: Access }; inputs: unknown[]; output?: z.ZodType } } | undefined
>;

/** What a route's procedure says of itself: the facade adds nothing to it. */
export function procedureOf({ procedure }: Route): ProcedureFacts {
  const definitions = appRouter._def.procedures as unknown as Definitions; // flat: "webhooks.list", …
  const found = definitions[procedure]?._def;
  if (!found?.meta) throw new Error(`There is no procedure ${procedure}.`);
  const input = found.inputs.find(isSchema);
  return { access: found.meta.access, input, output: found.output };
}

const isSchema = (parser: unknown): parser is z.ZodType =>
  typeof parser === "object" && parser !== null && "_zod" in parser;

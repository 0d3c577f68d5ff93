import { siteOf } from "@/domain/network/site";
import { runtime } from "@/server/process/runtime";
import { openApiDocument } from "../openapi/document";

/** The REST API as OpenAPI 3.1. */
export function answerOpenApi({ headers }: Request): Response {
  const { version, env } = runtime();
  return Response.json(openApiDocument({ version, publicUrl: siteOf(env, headers) }));
}

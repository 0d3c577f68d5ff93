import { openApiDocument } from "@/server/api/openapi/document";
import { siteOf } from "@/server/domain/site";
import { runtime } from "@/server/runtime";

export const dynamic = "force-dynamic";

/** The REST API as OpenAPI 3.1. */
export function GET({ headers }: Request): Response {
  const { version, env } = runtime();
  return Response.json(openApiDocument({ version, publicUrl: siteOf(env, headers) }));
}

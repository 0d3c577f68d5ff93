import { siteOf } from "@/domain/network/site";
import { openApiDocument } from "@/server/api/openapi/document";
import { runtime } from "@/server/process/runtime";

export const dynamic = "force-dynamic";

/** The REST API as OpenAPI 3.1. */
export function GET({ headers }: Request): Response {
  const { version, env } = runtime();
  return Response.json(openApiDocument({ version, publicUrl: siteOf(env, headers) }));
}

import { siteOf } from "@/domain/network/site";
import { runtime } from "@/server/process/runtime";
import { llmsText } from "../docs/_pages/llms";

export const dynamic = "force-dynamic";

/** The documentation's contents for programs. */
export function GET({ headers }: Request): Response {
  const { version, env } = runtime();
  return new Response(llmsText({ version, publicUrl: siteOf(env, headers) }), {
    headers: { "content-type": "text/plain; charset=utf-8" },
  });
}

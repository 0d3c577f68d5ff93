import { isStoreAway } from "@/domain/store-away";
import { runtime } from "@/server/process/runtime";
import { carriesToken, writeMetrics } from "../metrics";

/** Numbers for Prometheus, to whoever has METRICS_TOKEN. Without that setting there is no such page. */
export async function answerMetrics(request: Request): Promise<Response> {
  const running = runtime();
  const { env } = running;
  if (env.metricsToken === null)
    return refuse(404, "not_found", "There are no metrics without METRICS_TOKEN.");
  if (!carriesToken(request.headers, env.metricsToken)) {
    return refuse(401, "unauthorized", "This needs METRICS_TOKEN as a bearer token.");
  }
  try {
    const text = await writeMetrics(running);
    return new Response(text, { headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8" } });
  } catch (error) {
    if (!isStoreAway(error)) running.log.error({ err: error }, "the store cannot be used");
    return refuse(503, "unavailable", "The store cannot be used.");
  }
}

function refuse(status: number, code: string, error: string): Response {
  return Response.json({ error, code }, { status });
}

import { verifyWebhook, WebhookError } from "fanfare-client";

export async function POST(request: Request): Promise<Response> {
  try {
    const event = await verifyWebhook({
      headers: request.headers,
      body: await request.text(), // not json(): what a parser made of the body has lost the bytes that are signed
      secrets: process.env.WEBHOOK_SECRET ?? "",
    });
    if (event.type === "search_completed")
      console.log(`Search ${event.data.search_id} found ${event.data.hit_count ?? 0} hits.`);
    return new Response(null, { status: 204 });
  } catch (error) {
    if (error instanceof WebhookError) return new Response(error.message, { status: 401 });
    throw error;
  }
}

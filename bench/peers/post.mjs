import { createHmac } from "node:crypto";
import { Pool } from "undici";

/** As many as a webhook of the product may have at a time. */
const connectionsPerPath = 16;

/**
 * Posts over undici as the product does: as many headers, both signatures made for each request, the whole answer
 * taken. Nothing of it is remembered.
 * @param {{ origin: string, paths: string[], secret: string }} receiver
 */
export function createPost({ origin, paths, secret }) {
  const pools = new Map(paths.map((path) => [path, new Pool(origin, { connections: connectionsPerPath })]));
  /** @param {{ path: string, id: string, body: string }} delivery */
  return async ({ path, id, body }) => {
    const headers = signedHeaders({ id, body, secret, timestampSeconds: Math.floor(Date.now() / 1000) });
    const answer = await pools.get(path).request({ method: "POST", path, headers, body });
    await answer.body.dump();
    if (answer.statusCode !== 200) throw new Error(`The receiver answered ${answer.statusCode}.`);
  };
}

/** @param {{ id: string, body: string, secret: string, timestampSeconds: number }} delivery */
export function signedHeaders({ id, body, secret, timestampSeconds }) {
  const bytes = Buffer.from(body);
  const standard = createHmac("sha256", secret).update(`${id}.${timestampSeconds}.`).update(bytes);
  return {
    "Content-Type": "application/json",
    "User-Agent": "Fanfare-bench/1",
    "X-Webhook-Id": "0193c11a-9d07-7a6e-86f3-b5e20c8d4731",
    "X-Event-Id": id,
    "X-Customer-Id": "0193c11a-9d07-7a6e-86f3-b5e20c8d4731",
    "X-Event-Name": "SEARCH_COMPLETED",
    "X-Target-Type": "NAME_SCREENING",
    "X-Attempt": "1",
    "X-Attempt-Reason": "scheduled",
    "webhook-id": id,
    "webhook-timestamp": String(timestampSeconds),
    "X-Signature": `sha256=${createHmac("sha256", secret).update(bytes).digest("hex")}`,
    "webhook-signature": `v1,${standard.digest("base64")}`,
  };
}

/** Runs as `node receiver.mjs`. */
export const node = `// SECRET=whsec_… PORT=3000 node receiver.mjs
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const { SECRET, PORT } = process.env;
// A whsec_ secret holds its key in base64; the key of any other is its text.
const key = SECRET.startsWith("whsec_") ? Buffer.from(SECRET.slice(6), "base64") : Buffer.from(SECRET);
const toleranceSeconds = 5 * 60; // what is older may be a replay

function isFromFanfare(headers, rawBody) {
  const { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": given = "" } = headers;
  const isNow = Math.abs(Date.now() / 1000 - Number(timestamp)) <= toleranceSeconds;
  const hmac = createHmac("sha256", key).update(id + "." + timestamp + ".").update(rawBody);
  const right = Buffer.from("v1," + hmac.digest("base64"));
  // While a secret is rotated there are two signatures: one of them is made with yours.
  const isRight = given.split(" ").some((each) => {
    const signature = Buffer.from(each);
    return signature.length === right.length && timingSafeEqual(signature, right);
  });
  return isNow && isRight;
}

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const rawBody = Buffer.concat(chunks); // the bytes as they came, before any parser
  if (!isFromFanfare(request.headers, rawBody)) return response.writeHead(401).end("wrong signature");
  const event = JSON.parse(rawBody);
  console.log(event.type, event.id); // store it here, and work on it after the answer; it may come twice
  response.writeHead(204).end();
});
server.listen(PORT, "127.0.0.1"); // behind a proxy that speaks HTTPS
`;

import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { trpcClient } from "@/testing/client";
import type { ReceivedRequest } from "@/testing/receiver";
import { secret, setScene } from "@/testing/scene";

const newSecret = `whsec_${Buffer.from("fedcba9876543210fedcba9876543210").toString("base64")}`;

const { app, customer, receiver, ask, register, publish } = setScene();

type Check = (request: ReceivedRequest, secret: string) => boolean;

/** As most handlers do it: one header, one secret. */
const oneHeader: Check = ({ headers, body }, key) =>
  headers["x-signature"] === `sha256=${createHmac("sha256", key).update(body).digest("hex")}`;

/** The check of the receiver that the running product publishes, with either secret. */
async function publishedCheck(): Promise<Check> {
  const page = await (await fetch(`${app.url}/docs/verify-signatures.md`)).text();
  const [, text = ""] =
    /^```js file=receiver in node\n([\s\S]*?)const server = createServer/m.exec(page) ?? [];
  const checkFor = async (key: string) => {
    const code = text.replace("process.env", JSON.stringify({ SECRET: key }));
    return import(`data:text/javascript,${encodeURIComponent(`${code}\nexport { isFromFanfare };`)}`);
  };
  const checks = new Map([
    [secret, await checkFor(secret)],
    [newSecret, await checkFor(newSecret)],
  ]);
  return ({ body, headers }, key) => checks.get(key).isFromFanfare(headers, body);
}

const eventOf = ({ headers }: ReceivedRequest) => headers["x-event-id"];

/** Answers by the signature, from now on, and remembers what it refused. */
function checkWith(check: Check) {
  const verifier = { check, secret, refused: [] as ReceivedRequest[] };
  receiver.answerAlways((request) => {
    if (check(request, verifier.secret)) return { status: 200 };
    verifier.refused.push(request);
    return { status: 401 };
  });
  return verifier;
}

/** Publishes that many, and answers the requests in which each of them was taken. */
async function deliver({ check, secret }: ReturnType<typeof checkWith>, count: number) {
  const answers = await Promise.all(Array.from({ length: count }, () => publish()));
  const ids = answers.map(({ body }) => (body as { id: string }).id);
  return receiver.waitFor(
    count,
    (request) => ids.includes(String(eventOf(request))) && check(request, secret),
  );
}

const rotation = async (webhook_id: string) =>
  (await trpcClient(app, customer.key).stats.webhook.query({ webhook_id })).queue.rotation;

test("a receiver that checks one header switches its secret at a moment of its own, and nothing is lost", async () => {
  const webhook = await register({ secret });
  const verifier = checkWith(oneHeader);
  await deliver(verifier, 5);
  await ask("POST", `/webhooks/${webhook.id}/rotate-secret`, { secret: newSecret });
  await deliver(verifier, 20);
  expect(verifier.refused).toHaveLength(0);
  expect(await rotation(webhook.id)).toMatchObject({ signs_with: "previous", switched_at: null });

  verifier.secret = newSecret;
  const taken = await deliver(verifier, 40);
  const inFlight = verifier.refused.length;
  expect(inFlight).toBeGreaterThan(0);
  expect(inFlight).toBeLessThanOrEqual(16);
  for (const refused of verifier.refused) {
    const again = taken.find((request) => eventOf(request) === eventOf(refused));
    expect((again?.receivedAt ?? Number.NaN) - refused.receivedAt).toBeLessThan(1_000);
  }
  const switched = { signs_with: "current", switched_at: expect.any(String) };
  await expect.poll(() => rotation(webhook.id)).toMatchObject(switched);

  await deliver(verifier, 20);
  expect(verifier.refused).toHaveLength(inFlight);
  expect(await ask("GET", `/webhooks/${webhook.id}`)).toMatchObject({ body: { status: "active" } });
});

test("a receiver that checks as the published one does refuses nothing through a rotation", async () => {
  const webhook = await register({ secret });
  const verifier = checkWith(await publishedCheck());
  await ask("POST", `/webhooks/${webhook.id}/rotate-secret`, { secret: newSecret });
  await deliver(verifier, 10);
  verifier.secret = newSecret;
  await deliver(verifier, 10);
  expect(verifier.refused).toHaveLength(0);
});

test("a receiver that has neither secret is told so", async () => {
  const webhook = await register({ secret });
  const verifier = checkWith(oneHeader);
  verifier.secret = "another one";
  await ask("POST", `/webhooks/${webhook.id}/rotate-secret`, { secret: newSecret });
  await publish();
  const requests = await receiver.waitFor(3);
  const signedBy = (request: ReceivedRequest) =>
    [secret, newSecret].findIndex((key) => oneHeader(request, key));
  expect(requests.slice(0, 3).map(signedBy)).toEqual([0, 1, 0]);
  expect(await rotation(webhook.id)).toMatchObject({ signs_with: "previous" });
});

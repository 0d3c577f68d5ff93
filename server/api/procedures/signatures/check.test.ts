import { afterEach, beforeEach, expect, test } from "vitest";
import { turn } from "@/db/contract.kit";
import { signatureHeaders } from "@/domain/webhook/signature";
import { type Api, openApi, rest, trpc } from "../../api.fixture";

type Finding = { tone: string; text: string };

const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;

let api: Api;
let customer: { id: string; key: string };
let webhook: string;
beforeEach(async () => {
  api = await openApi();
  customer = await api.newCustomer();
  webhook = await api.newWebhook(customer.key, { secret });
});
afterEach(() => api.close());

/** Publishes an event, and answers its body and its headers as they would be sent. */
async function sentEvent(answer: Record<string, string> = {}) {
  const event = { customer_id: customer.id, type: "search_completed", data: { search_id: "s" } };
  await rest("POST", "/events", { json: event });
  const [claim] = await turn(api, 401, answer);
  if (!claim) throw new Error("nothing was due");
  const { id: eventId, payload: body } = claim.event;
  const timestampSeconds = Math.floor(api.clock.now / 1000);
  const signatures = signatureHeaders({
    body,
    eventId,
    timestampSeconds,
    secret,
    previousSecret: null,
    leads: "current",
  });
  return {
    eventId,
    body,
    headers: { "webhook-id": eventId, "webhook-timestamp": timestampSeconds, ...signatures },
  };
}

async function check(input: object): Promise<string[]> {
  const asked = { webhook_id: webhook, headers: "", body: "", ...input };
  const { data } = await trpc<Finding[]>("mutation", "signatures.check", asked, { key: customer.key });
  return (data ?? []).map(({ tone, text }) => `${tone}: ${text}`);
}

test("a request that came in as it was sent is recognised by the event that is stored", async () => {
  const { headers, body } = await sentEvent();
  expect(await check({ headers: JSON.stringify(headers), body })).toEqual(
    expect.arrayContaining([
      "ok: The body is exactly what was sent.",
      "ok: X-Signature fits the current secret.",
      "ok: webhook-signature fits the current secret.",
    ]),
  );
});

test("where something removed all headers that we sign, the event is found by the id in the body", async () => {
  const { body } = await sentEvent();
  const found = await check({ headers: "Host: a\nContent-Type: application/json", body });
  expect(found.join("\n")).toMatch(
    /^bad: .*x-signature and webhook-signature too, but what you pasted has only content-type/m,
  );
  expect(found).toContain("ok: The body is exactly what was sent.");
});

test("an event may be named when nothing of it is pasted", async () => {
  const { eventId } = await sentEvent();
  const found = await check({ headers: "X-Signature: (as sent)", event_id: eventId });
  expect(found.join("\n")).toMatch(/No body was pasted: what follows holds for the body as it was sent/);
});

test("a clock that is off is told by the Date that the endpoint answered", async () => {
  const date = new Date(api.clock.now + 900_000).toUTCString();
  const { headers, body } = await sentEvent({ date });
  const found = await check({ headers: JSON.stringify({ ...headers, "X-Attempt": "1" }), body });
  expect(found.join("\n")).toMatch(/Date of your endpoint's answer was (899|900) s ahead of our clock/);
});

test("the secret of another webhook is found, and none is told", async () => {
  const own = `whsec_${Buffer.alloc(32, 8).toString("base64")}`;
  const other = await api.newWebhook(customer.key, {
    webhook_url: "https://other.example/hook",
    secret: own,
  });
  const { body } = await sentEvent();
  const made = signatureHeaders({
    body,
    eventId: "e",
    timestampSeconds: 1,
    secret: own,
    previousSecret: null,
    leads: "current",
  });
  const found = (await check({ headers: `X-Signature: ${made["X-Signature"]}`, body })).join("\n");
  expect(other).not.toBe(webhook);
  expect(found).toMatch(/made with the secret of another webhook: https:\/\/other\.example\/hook/);
  expect(found).not.toContain(own);
  expect(found).not.toContain(secret);
});

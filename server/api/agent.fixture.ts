import { randomUUID } from "node:crypto";
import { ann } from "@/db/actor.kit";
import { hour } from "@/db/contract.kit";
import { challengeBody, controlId } from "@/domain/agent/control-body";
import type { Detail } from "@/domain/agent/event-data";
import { subscriptionId } from "@/domain/agent/subscription-id";
import { conditionsOf } from "@/domain/agent/wanted";
import { findEventType } from "@/domain/event/catalogue";
import { type Api, publicUrl } from "./api.fixture";

const type = "search_completed";

/** What an agent of a test asks for, with the customer's newest key. */
type Asked = { arguments?: Record<string, unknown>; detail?: Detail; client?: string; url?: string };

/** An agent that subscribed to `search_completed` and proved its URL; answers the subscription's id. */
export async function newAgent({ store }: Api, customerId: string, asked: Asked = {}): Promise<string> {
  const { url = "https://agents.example/in", arguments: args = {}, detail = "ids", client = null } = asked;
  const [key] = await store.listApiKeys(customerId);
  const entry = findEventType(type);
  if (!key || !entry) throw new Error("An agent of a test has a key, and a type that there is.");
  const id = subscriptionId({ principal: key.id, url, name: type, arguments: args });
  const answered = await store.subscribe(
    {
      customerId,
      id,
      principalId: key.id,
      url,
      name: type,
      arguments: args,
      detail,
      client,
      conditions: conditionsOf(entry, args),
      termMs: hour,
      site: publicUrl,
      seal: () => "a sealed secret",
      challenge: { eventId: controlId("verification", randomUUID()), payload: challengeBody("a nonce") },
    },
    ann,
  );
  if (answered.kind === "challenged") await store.settleChallenge(answered, true, ann);
  return id;
}

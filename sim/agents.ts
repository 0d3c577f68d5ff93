import type { NewSubscription } from "@/db/store";
import { cursorOf } from "@/domain/agent/cursor";
import { system } from "@/domain/audit/actor";
import { seal, secretOwner } from "@/domain/webhook/seal";
import type { Commander } from "./commands";
import { type Customer, count } from "./model/state";

const types = ["search_completed", "flow_run_failed", "cdd_state_changed"];
const risks = ["low", "medium", "high"];
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** What agents ask for, drawn from dice of their own. Nothing is waited for. */
export class Agents {
  private readonly asked: NewSubscription[] = [];
  /** The key of each customer that its agents have. */
  private readonly keys = new Map<string, string>();
  private made = 0;

  constructor(private readonly commander: Commander) {}

  /** Now and then one of them does something. */
  act(): void {
    const { dice } = this.commander;
    if (!dice.chance(0.25)) return;
    const acts = {
      subscribe: () => this.subscribe(),
      refresh: () => this.refresh(),
      unsubscribe: () => this.unsubscribe(),
      replay: () => this.replay(),
      revoke: () => this.revoke(),
    };
    acts[dice.weigh({ subscribe: 5, refresh: 6, unsubscribe: 1, replay: 2, revoke: 0.4 })]();
  }

  private subscribe(): void {
    const { dice } = this.commander;
    const customer = this.customer();
    const key = this.keys.get(customer.id) ?? this.makeKey(customer);
    this.made += 1;
    const name = dice.pick(types);
    const risk = dice.chance(0.6) ? dice.pick(risks) : null;
    this.ask({
      customerId: customer.id,
      id: `sub_${this.made}`,
      principalId: key,
      url: `https://agent-${dice.between(1, 3)}.example/callback`,
      name,
      arguments: risk === null ? {} : { risk },
      detail: dice.pick(["ids", "full"]),
      client: "sim",
      conditions: risk === null ? null : { [name]: { op: "equals", path: "risk", value: risk } },
      termMs: dice.pick([5 * minuteMs, hourMs, 24 * hourMs]),
      site: "https://hooks.example",
      ...this.anew(),
    });
  }

  /** Whether it lives, lapsed or was ended. */
  private refresh(): void {
    const { dice } = this.commander;
    if (this.asked.length > 0) this.ask({ ...dice.pick(this.asked), ...this.anew() });
  }

  private unsubscribe(): void {
    const { dice, store } = this.commander;
    if (this.asked.length === 0) return;
    const { customerId, id } = dice.pick(this.asked);
    this.attempt(store.unsubscribe(customerId, id, system));
  }

  private replay(): void {
    const { dice, store, time } = this.commander;
    if (this.asked.length === 0) return;
    const { customerId, id } = dice.pick(this.asked);
    const at = time.clock() - dice.pick([minuteMs, hourMs, 48 * hourMs]);
    const maxAgeMs = dice.pick([null, null, 10 * minuteMs]);
    const range = { cursor: cursorOf({ key: 0, at }), maxAgeMs, retentionMs: 30 * 24 * hourMs };
    this.attempt(store.replayEvents(customerId, id, range));
  }

  private revoke(): void {
    const { dice, store } = this.commander;
    const [customerId, keyId] = dice.pick([...this.keys, ["nobody", "none"] as const]);
    this.keys.delete(customerId);
    this.attempt(store.revokeApiKey(customerId, keyId, system));
  }

  private makeKey({ id: customerId }: Customer): string {
    const { store } = this.commander;
    this.made += 1;
    const id = `key-${this.made}`;
    const key = { id, customerId, name: null, prefix: "fk_agents", hash: `hash of ${id}` };
    this.attempt(store.createApiKey({ ...key, access: "read", expiresAt: null }, system));
    this.keys.set(customerId, id);
    return id;
  }

  /** What is another each time: the secret, and what the URL is asked. */
  private anew(): Pick<NewSubscription, "seal" | "challenge"> {
    const { dice, model, ring } = this.commander;
    const plain = `whsec_${Buffer.from(dice.uuid()).toString("base64")}`;
    return {
      seal: (owner) => {
        const sealed = seal(ring, plain, secretOwner(owner));
        model.plainOf.set(sealed, plain);
        return sealed;
      },
      challenge: {
        eventId: `msg_verification_${dice.uuid()}`,
        payload: '{"type":"verification","challenge":"c"}',
      },
    };
  }

  /** Its host answers the challenge a moment later, mostly rightly, and sometimes too late. */
  private ask(asked: NewSubscription): void {
    const { dice, store, time } = this.commander;
    this.asked.push(asked);
    const answersAfterMs = dice.pick([5, 5, 500, 5_000, 2 * minuteMs]);
    const isPassed = dice.chance(0.9);
    const asking = store.subscribe(asked, system).then(async (answer) => {
      if (answer.kind !== "challenged") return;
      await time.pause(answersAfterMs);
      await store.settleChallenge(answer, isPassed, system);
    });
    this.attempt(asking);
  }

  private attempt(asking: Promise<unknown>): void {
    asking.catch(() => count(this.commander.model, "commands that failed"));
  }

  private customer(): Customer {
    const { dice, model } = this.commander;
    return dice.pick([...model.customers.values()].filter((each) => !each.isDeleted && !each.isSystem));
  }
}

import type { NewEvent, Store, WebhookChange } from "@/db/store";
import { system } from "@/domain/audit/actor";
import { type KeyRing, seal, secretOwner } from "@/domain/webhook/seal";
import type { GivenHeader } from "@/domain/webhook/static-headers";
import type { Dice } from "./dice";
import { unopenable } from "./model/edit";
import { type Conditions, type Customer, count, type Hook, type Model } from "./model/state";
import type { Receivers } from "./receivers";
import type { VirtualTime } from "./time";

const risks = ["low", "medium", "high"];
const types = ["search_completed", "flow_run_failed", "cdd_state_changed"];
const hourMs = 60 * 60_000;
/** A second, below which one goes at a time. */
const rates = [0.2, 1, 5];

export type Commander = {
  dice: Dice;
  time: VirtualTime;
  model: Model;
  /** The store as the web process sees it. */
  store: Store;
  ring: KeyRing;
  receivers: Receivers;
};

/** What customers and the platform may ask for, drawn from the dice. Nothing is waited for. */
export class Commands {
  private readonly published: NewEvent[] = [];
  private eventCount = 0;

  constructor(private readonly commander: Commander) {}

  /** A few customers with a few webhooks. */
  async begin(): Promise<void> {
    const { dice, time } = this.commander;
    for (let n = dice.between(2, 3); n > 0; n -= 1) this.createCustomer();
    await time.pass(10, () => false);
    for (const customer of this.customers()) {
      for (let n = dice.between(1, 4); n > 0; n -= 1) this.createHook(customer);
    }
    await time.pass(10, () => false);
  }

  publish(): void {
    const { dice } = this.commander;
    const size = dice.chance(0.06) ? dice.between(10, 30) : dice.between(1, 4);
    const batch: NewEvent[] = [];
    for (let n = 0; n < size; n += 1) batch.push(this.drawEvent(batch));
    this.ask((store) => this.publishUntilHeard(store, batch));
  }

  /** As a platform does: what was not acknowledged is sent again, with the same ids. */
  private async publishUntilHeard(store: Store, batch: NewEvent[]): Promise<void> {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      try {
        const result = await store.publishEvents(batch);
        if (result.kind === "accepted") this.published.push(...batch);
        return;
      } catch {
        await this.commander.time.pause(200);
      }
    }
  }

  private drawEvent(batch: NewEvent[]): NewEvent {
    const { dice } = this.commander;
    const known = [...this.published.slice(-30), ...batch];
    if (known.length > 0 && dice.chance(0.12)) {
      const again = dice.pick(known);
      return dice.chance(0.15) ? { ...again, contentHash: "other", dataJson: '{"other":true}' } : again;
    }
    const customer = dice.chance(0.01) ? "nobody" : this.nameOf(this.customer());
    this.eventCount += 1;
    // Ids are a customer's own: two customers may well use the same one.
    const id = dice.chance(0.05) ? "shared" : `event-${this.eventCount}`;
    const n = id === "shared" ? 0 : this.eventCount;
    const dataJson = JSON.stringify({ n, risk: risks[n % risks.length], text: "ü\u2028\u0000" });
    return { customer, id, type: dice.pick(types), dataJson, contentHash: dataJson };
  }

  private nameOf({ id, externalId }: Customer): string {
    return externalId !== null && this.commander.dice.chance(0.5) ? externalId : id;
  }

  edit(): void {
    const { dice } = this.commander;
    const hook = this.hook();
    const change = dice.weigh({
      url: 2,
      secret: 1,
      events: 2,
      conditions: 2,
      activate: 4,
      deactivate: 2,
      description: 1,
      limit: 2,
      header: 1,
      timeout: 1,
    });
    const changes: Record<typeof change, () => WebhookChange> = {
      url: () => ({ url: this.drawUrl() }),
      secret: () => ({ secret: this.drawSecret(hook.customer.id, hook.id) }),
      events: () => ({ events: this.drawTypes() }),
      conditions: () => ({ conditions: this.drawConditions() }),
      activate: () => ({ isActive: true }),
      deactivate: () => ({ isActive: false }),
      description: () => ({ description: "A new description" }),
      limit: () => ({ ratePerSecond: dice.pick([null, ...rates]) }),
      header: () => ({ headers: this.drawHeaders(hook) }),
      timeout: () => ({ timeoutMs: dice.pick([null, 1_000, 5_000, 60_000]) }),
    };
    const drawn = changes[change]();
    this.ask((store) => store.updateWebhook(hook.customer.id, hook.id, drawn, system));
  }

  /** None, or `X-Env`: sometimes secret, and sometimes to be kept. */
  private drawHeaders(hook: Hook): GivenHeader[] {
    const { dice } = this.commander;
    if (dice.chance(0.2)) return [];
    const isSecret = dice.chance(0.5);
    const keeps = isSecret && hook.env?.isSecret === true && dice.chance(0.3);
    const plain = `env ${dice.uuid()}`;
    const value = keeps ? null : isSecret ? this.sealed(plain, hook) : plain;
    return [{ name: "X-Env", value, isSecret }];
  }

  rotate(): void {
    const { dice } = this.commander;
    const hook = this.hook();
    const secret =
      this.drawSecret(hook.customer.id, hook.id) ?? this.sealed("whsec_c2ltdWxhdGlvbiBzZWNyZXQ=", hook);
    const overlapMs = dice.pick([0, 2_000, 60_000, 24 * hourMs]);
    if (dice.chance(0.7)) this.follow(hook);
    this.ask((store) => store.rotateSecret(hook.customer.id, hook.id, secret, overlapMs, system));
  }

  pause(): void {
    const { dice, time } = this.commander;
    const hook = this.hook();
    const lasts = dice.pick([null, 300, 5_000, 60_000, 600_000, 2 * hourMs]);
    const until = lasts === null ? null : time.clock() + lasts;
    this.ask((store) => store.pauseWebhook(hook.customer.id, hook.id, until, system));
  }

  resume(): void {
    const { dice, model } = this.commander;
    const hook = this.hook();
    const paused = [...model.hooks.values()].filter(({ pause }) => pause !== null);
    const { customer, id } = paused.length > 0 && dice.chance(0.7) ? dice.pick(paused) : hook;
    this.ask((store) => store.resumeWebhook(customer.id, id, system));
  }

  /** Its receiver checks one header with the secret of now, gets the new one some time later, and may go back. */
  private follow(hook: Hook): void {
    const { dice, time, receivers } = this.commander;
    const old = hook.secret;
    const deploy = (secret: string | null) =>
      receivers.checkWith(hook.id, secret === unopenable ? null : secret);
    deploy(old);
    // What it took before it switched may be told after.
    if (dice.chance(0.3)) receivers.setBehaviour(hook.id, "slow");
    const switchAfterMs = dice.pick([10, 300, 1_500, 5_000, 30_000, 600_000]);
    time.after(switchAfterMs, () => deploy(hook.secret));
    if (dice.chance(0.3)) time.after(switchAfterMs + dice.between(1, 20_000), () => deploy(old));
    if (dice.chance(0.3)) time.after(switchAfterMs + dice.between(20_000, 40_000), () => deploy(hook.secret));
  }

  create(): void {
    this.createHook(this.customer());
  }

  remove(): void {
    const hook = this.hook();
    this.ask((store) => store.deleteWebhook(hook.customer.id, hook.id, system));
  }

  removeCustomer(): void {
    if (this.customers().length < 2) return;
    const customer = this.customer();
    this.ask((store) => store.deleteCustomer(customer.id, system));
    this.createCustomer();
  }

  redeliver(): void {
    const { dice, model } = this.commander;
    const deliveries = [...model.deliveries.values()].filter(({ hook }) => !hook.customer.isSystem);
    if (deliveries.length === 0) return;
    // What is in flight is rare, and has rules of its own.
    const inFlight = deliveries.filter(({ lease, event }) => lease !== null && !event.isTest);
    const { hook, event } = dice.pick(inFlight.length > 0 && dice.chance(0.3) ? inFlight : deliveries);
    this.ask((store) => store.redeliver(hook.customer.id, hook.id, event.id, system));
  }

  recover(): void {
    const { dice, time } = this.commander;
    const hook = this.hook();
    const recovery = {
      id: dice.uuid(),
      customerId: hook.customer.id,
      webhookId: hook.id,
      since: time.clock() - dice.pick([hourMs, 24 * hourMs, 365 * 24 * hourMs]),
      until: dice.chance(0.2) ? time.clock() - 10_000 : null,
      include: dice.pick<("failed" | "missed")[]>([["failed"], ["missed"], ["failed", "missed"]]),
    };
    this.ask((store) => store.startRecovery(recovery, system));
  }

  giveUp(): void {
    const hook = this.hook();
    this.ask((store) => store.cancelPending(hook.customer.id, hook.id, system));
  }

  test(): void {
    const { dice } = this.commander;
    const hook = this.hook();
    this.eventCount += 1;
    const test = {
      customerId: hook.customer.id,
      webhookId: hook.id,
      eventId: `test-${this.eventCount}`,
      type: dice.pick(types),
      dataJson: "{}",
    };
    for (let n = dice.chance(0.1) ? 6 : 1; n > 0; n -= 1) {
      const eventId = `${test.eventId}-${n}`;
      this.ask((store) => store.createTest({ ...test, eventId }, system));
    }
  }

  /** A receiver begins to behave in another way. */
  changeReceiver(): void {
    const { dice, receivers } = this.commander;
    const weights = {
      well: 6,
      slow: 1,
      flaky: 3,
      failing: 4,
      hanging: 2,
      refusing: 2,
      limiting: 2,
      rationing: 2,
      moving: 1,
      picky: 5,
    };
    receivers.setBehaviour(this.hook().id, dice.chance(0.04) ? "gone" : dice.weigh(weights));
  }

  /** A customer tries what belongs to another: as if it were not there. */
  stranger(): void {
    const { dice, model } = this.commander;
    const hook = this.hook();
    const other = this.customers().find((each) => each !== hook.customer);
    if (!other) return;
    const verb = dice.pick(["read", "edit", "delete", "redeliver", "rotate", "cancel", "test", "pause"]);
    const event = [...model.deliveries.values()].find((each) => each.hook === hook)?.event.id ?? "none";
    this.ask(async (store) => {
      const results: Record<string, () => Promise<unknown>> = {
        read: async () =>
          (await store.getWebhook(other.id, hook.id)) ?? store.getDelivery(other.id, hook.id, event),
        edit: () => store.updateWebhook(other.id, hook.id, { url: "https://stolen.example/" }, system),
        delete: async () => (await store.deleteWebhook(other.id, hook.id, system)) || null,
        redeliver: async () =>
          (await store.redeliver(other.id, hook.id, event, system)) === "not_found" ? null : 1,
        rotate: async () => (await store.rotateSecret(other.id, hook.id, "", 0, system)) || null,
        cancel: () => store.cancelPending(other.id, hook.id, system),
        pause: async () =>
          (await store.pauseWebhook(other.id, hook.id, null, system)) ??
          store.resumeWebhook(other.id, hook.id, system),
        test: () => store.listDeliveries(other.id, { webhookId: hook.id, content: true, pageSize: 5 }),
      };
      if ((await results[verb]?.()) !== null) model.blame(11, `a customer could ${verb} what is another's`);
    });
  }

  /** The platform sets, moves or removes its own webhook. */
  platform(): void {
    const { dice } = this.commander;
    const isSet = dice.chance(0.8);
    const secret = dice.chance(0.5) ? "the platform's own secret" : null;
    const url = this.drawUrl();
    this.ask((store) =>
      store.setSystemWebhook(isSet ? { url, seal: (owner) => secret && this.sealed(secret, owner) } : null),
    );
  }

  /** All customers switch on what was off, resume what would be paused for ever and lift limits, so that everything can end. */
  activateAll(): void {
    for (const hook of this.commander.model.hooks.values()) {
      if (hook.isDeleted || hook.customer.isSystem) continue;
      const isPoisoned = [hook.secret, hook.previous?.secret].includes(unopenable);
      const change = { isActive: true, ratePerSecond: null, ...(isPoisoned && { secret: null }) };
      this.ask((store) => store.updateWebhook(hook.customer.id, hook.id, change, system));
      if (hook.pause?.until === null)
        this.ask((store) => store.resumeWebhook(hook.customer.id, hook.id, system));
    }
  }

  private ask(command: (store: Store) => Promise<unknown>): void {
    const { model, store } = this.commander;
    command(store).catch(() => count(model, "commands that failed"));
  }

  private createCustomer(): void {
    const { dice } = this.commander;
    const id = dice.uuid();
    const externalId = dice.chance(0.5) ? `ext-${id.slice(0, 8)}` : null;
    this.ask((store) => store.createCustomer({ id, name: "Northwind", externalId }, system));
  }

  private createHook(customer: Customer): void {
    const { dice } = this.commander;
    const id = dice.uuid();
    const hook = {
      id,
      customerId: customer.id,
      url: this.drawUrl(),
      secret: this.drawSecret(customer.id, id),
      isActive: dice.chance(0.9),
      events: this.drawTypes(),
      conditions: this.drawConditions(),
      description: null,
      ratePerSecond: dice.chance(0.15) ? dice.pick(rates) : null,
    };
    this.ask(async (store) => customer.isDeleted || store.createWebhook(hook, system));
  }

  private drawUrl(): string {
    return `https://receiver-${this.commander.dice.between(1, 1_000)}.example/hook`;
  }

  private drawTypes(): string[] {
    const { dice } = this.commander;
    if (dice.chance(0.1)) return ["*"];
    return types.filter(() => dice.chance(0.75));
  }

  /** Mostly none; else what keeps some of the events away, of all types or of one. */
  private drawConditions(): Conditions | null {
    const { dice } = this.commander;
    if (dice.chance(0.7)) return null;
    const low = { op: "equals", path: "data.risk", value: "low" } as const;
    return dice.pick<Conditions>([
      { "*": { op: "not", condition: low } },
      { search_completed: { op: "in", path: "risk", values: ["medium", "high"] } },
      { "*": low, flow_run_failed: { op: "exists", path: "data.nothing", value: false } },
      { "*": { op: "or", conditions: [low, { op: "at_least", path: "n", value: this.eventCount }] } },
    ]);
  }

  /** None, one of each form, or now and then one that nobody can open. */
  private drawSecret(customerId: string, webhookId: string): string | null {
    const { dice, model, ring } = this.commander;
    const owner = { customerId, webhookId };
    if (dice.chance(0.25)) return null;
    if (dice.chance(0.03)) {
      const stolen = seal(ring, "of another row", secretOwner({ ...owner, webhookId: "another" }));
      model.plainOf.set(stolen, null);
      return stolen;
    }
    const text = `${dice.uuid()}é`;
    return this.sealed(dice.chance(0.5) ? text : `whsec_${Buffer.from(text).toString("base64")}`, owner);
  }

  private sealed(plain: string, owner: { customerId: string; webhookId: string } | Hook): string {
    const { model, ring } = this.commander;
    const { customerId, webhookId } =
      "webhookId" in owner ? owner : { customerId: owner.customer.id, webhookId: owner.id };
    const sealed = seal(ring, plain, secretOwner({ customerId, webhookId }));
    model.plainOf.set(sealed, plain);
    return sealed;
  }

  private customers(): Customer[] {
    return [...this.commander.model.customers.values()].filter((each) => !each.isDeleted && !each.isSystem);
  }

  private customer(): Customer {
    return this.commander.dice.pick(this.customers());
  }

  private hook(): Hook {
    const { dice, model } = this.commander;
    const hooks = [...model.hooks.values()].filter((hook) => !hook.customer.isSystem);
    const live = hooks.filter((hook) => !hook.isDeleted);
    return dice.pick(live.length > 0 && dice.chance(0.97) ? live : hooks);
  }
}

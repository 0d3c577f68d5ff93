import { expect, test } from "vitest";
import { decideNext } from "@/domain/delivery/decide";
import { ann } from "../actor.kit";
import { attempt, type Open, scheduleMs } from "../contract.kit";
import { only, webhookScene } from "./scene.kit";

/** What follows a failure, and what follows a redelivery. */
export function retries(open: Open): void {
  const { store, clock, customer, webhook, publish, claim, record, turn, health, delivery } =
    webhookScene(open);

  test("a failure is retried by the schedule, and the last one ends the delivery", async () => {
    const [id = ""] = await publish();
    for (const delayMs of scheduleMs) {
      expect(await turn(500)).toHaveLength(1);
      clock.now += delayMs - 1;
      expect(await claim()).toEqual([]);
      clock.now += 1;
    }
    expect(await turn(500)).toHaveLength(1);
    expect((await delivery(id)).delivery).toMatchObject({
      status: "failed",
      attemptCount: 4,
      nextAttemptAt: null,
    });
  });

  test("a redelivery has a fresh schedule, the same id and the next number", async () => {
    const [id = ""] = await publish();
    await turn(200);
    expect(await store.redeliver(customer, webhook, id, ann)).toBe("due");
    const again = only(await claim());
    expect(again).toMatchObject({ number: 2, tries: 0, reason: "manual", event: { id } });
  });

  test("a redelivery of a waiting one makes it due", async () => {
    const [id = ""] = await publish();
    await turn(500);
    await store.redeliver(customer, webhook, id, ann);
    expect(only(await claim())).toMatchObject({ number: 2, tries: 1, reason: "manual" });
  });

  test("what exactly was seen of a failure stays with its attempt, and with the webhook until the next one", async () => {
    const expired = { code: "tls_error", message: "It expired.", detail: "certificate_expired" } as const;
    const [id = ""] = await publish();
    await turn(expired);
    expect(await health()).toMatchObject({ lastError: expired });
    clock.now += scheduleMs[0] ?? 0;
    await turn("timeout");
    expect((await health()).lastError).toEqual({ code: "response_timeout", message: "No answer came." });
    const { attempts } = await delivery(id);
    expect(attempts.map(({ error }) => error?.detail)).toEqual([undefined, "certificate_expired"]);
  });

  test("a claim tells how long ago something got through to the URL of now", async () => {
    await publish();
    const first = only(await claim());
    expect(first.webhook.succeededMsAgo).toBeNull();
    await record(first, 200);
    clock.now += 7_000;
    await publish();
    const second = only(await claim());
    expect(second.webhook.succeededMsAgo).toBe(7_000);
    await record(second, 500);
    await store.updateWebhook(customer, webhook, { url: "https://receiver.example/other" }, ann);
    await publish();
    const others = await claim();
    expect(others.map(({ webhook: each }) => each.succeededMsAgo)).toEqual([null]);
  });

  test("what only came too soon is due again at its pace, and counts towards nothing", async () => {
    const events = await publish(8);
    const records = (await claim()).map((claimed) => {
      const refused = attempt(claimed, 429, clock.now);
      return { ...refused, next: decideNext(claimed, refused.outcome, scheduleMs, 0.5, 500) };
    });
    await store.recordAttempts(records);
    clock.now += 499;
    expect(await claim()).toEqual([]);
    clock.now += 1;
    const again = await claim();
    expect(again.map(({ number, tries, reason }) => [number, tries, reason])).toEqual(
      events.map(() => [2, 0, "scheduled"]),
    );
    expect(await health()).toMatchObject({ breaker: null, countdown: null, lastStatusCode: 429 });
  });

  test("410 ends the delivery and switches the webhook off with a reason", async () => {
    const [id = ""] = await publish();
    await turn(410);
    expect((await delivery(id)).delivery).toMatchObject({ status: "failed", error: { code: "gone" } });
    expect(await health()).toMatchObject({
      isActive: false,
      disabledReason: expect.stringContaining("410"),
    });
    expect(await store.redeliver(customer, webhook, id, ann)).toBe("inactive");
    const active = await store.updateWebhook(customer, webhook, { isActive: true }, ann);
    expect(active).toMatchObject({ disabledReason: null, countdown: null });
  });
}

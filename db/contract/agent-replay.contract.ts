import { expect, test } from "vitest";
import { cursorOf } from "@/domain/agent/cursor";
import { agentLimits } from "@/domain/limits";
import { ann } from "../actor.kit";
import { day, hour, minute, newEvent, newWebhook, type Open } from "../contract.kit";
import { agentScene } from "./agents.kit";

/** Agents who ask for what they missed. */
export function agentReplay(open: Open): void {
  const { store, clock, customer, subscribe, publishSearch, claim, sent, turn, seen } = agentScene(open);
  const replay = (id: string, cursor: string, maxAgeMs: number | null = null) =>
    store.replayEvents(customer, id, { cursor, maxAgeMs, retentionMs: 30 * day });
  const fromStart = () => cursorOf({ key: 0, at: clock.now });
  const publishMany = async (count: number, type = "search_completed") => {
    for (let left = count; left > 0; left -= 1_000) {
      const some = Array.from({ length: Math.min(left, 1_000) }, () => newEvent(customer, { type }));
      await store.publishEvents(some);
    }
  };

  test("who comes back after its subscription lapsed is sent what it missed, once, and the oldest first", async () => {
    const first = await subscribe({ id: "sub_1" });
    await publishSearch();
    await turn(200);
    const { cursor } = await seen(first);
    clock.now += hour;
    const missed = [await publishSearch({ search_id: "s-1" })];
    clock.now += minute;
    missed.push(await publishSearch({ search_id: "s-2" }));
    await subscribe({ id: "sub_1" });
    expect(await sent()).toEqual([]);
    expect(await replay("sub_1", cursor)).toEqual({ replayed: 2, isTruncated: false });
    expect(await replay("sub_1", cursor)).toEqual({ replayed: 0, isTruncated: false });
    const claims = await claim();
    expect(claims.map(({ event }) => event.id)).toEqual(missed);
    expect(JSON.parse(claims[0]?.event.payload ?? "")).toMatchObject({
      eventId: missed[0],
      timestamp: new Date(clock.now - minute).toISOString(),
      data: { search_id: "s-1" },
    });
  });

  test("what is sent again to one is not sent again to others, who have had it", async () => {
    const cursor = fromStart();
    const had = await subscribe();
    const id = await publishSearch();
    await turn(200);
    const later = await subscribe();
    expect(await replay(later.id, cursor)).toEqual({ replayed: 1, isTruncated: false });
    expect((await claim()).map(({ webhook, event }) => [webhook.subscriptionId, event.id])).toEqual([
      [later.id, id],
    ]);
    expect(await replay(had.id, cursor)).toEqual({ replayed: 0, isTruncated: false });
  });

  test("a place is behind what is still on its way, and until then the cursor does not pass it", async () => {
    const cursor = fromStart();
    await publishSearch();
    const acceptedAt = clock.now;
    clock.now += minute;
    const { id } = await subscribe();
    await replay(id, cursor);
    await publishSearch();
    expect((await seen({ id })).cursor).toBe(cursorOf({ key: 0, at: acceptedAt }));
  });

  test("only what the arguments ask for is sent, and no test", async () => {
    const cursor = fromStart();
    const webhookId = await newWebhook(store, customer, { events: ["flow_run_failed"] });
    const wanted = await publishSearch({ search_id: "s-1" });
    await publishSearch({ search_id: "s-2" });
    await publishMany(1, "flow_run_failed");
    const test = { customerId: customer, webhookId, eventId: "t-1", type: "search_completed" };
    await store.createTest({ ...test, dataJson: '{"search_id":"s-1"}' }, ann);
    const { id, webhook } = await subscribe({ arguments: { search_id: "s-1" } });
    expect(await replay(id, cursor)).toEqual({ replayed: 1, isTruncated: false });
    const own = (await claim()).filter((each) => each.webhook.id === webhook.id);
    expect(own.map(({ event }) => event.id)).toEqual([wanted]);
  });

  test("what came up to the place is not sent, whatever the clock says since", async () => {
    await publishSearch();
    const { id, cursor } = await subscribe();
    await store.unsubscribe(customer, id, ann);
    clock.now -= 10 * minute;
    const later = await publishSearch();
    clock.now += 20 * minute;
    const again = await subscribe();
    expect(await replay(again.id, cursor)).toEqual({ replayed: 1, isTruncated: false });
    expect(await sent()).toEqual([later]);
  });

  test("what is older than was asked for is left out, which is told where there is any", async () => {
    const cursor = fromStart();
    clock.now += hour;
    const { id } = await subscribe({ termMs: day });
    expect(await replay(id, cursor, 10 * minute)).toEqual({ replayed: 0, isTruncated: false });
    await store.unsubscribe(customer, id, ann);
    await publishSearch();
    clock.now += hour;
    const recent = await publishSearch();
    const again = await subscribe();
    expect(await replay(again.id, cursor, 10 * minute)).toEqual({ replayed: 1, isTruncated: true });
    expect(await sent()).toEqual([recent]);
  });

  test("who was there all the time since its cursor is told of no loss, however little it asks for", async () => {
    const { id } = await subscribe({ arguments: { search_id: "s-1" }, termMs: day });
    clock.now += hour;
    const { cursor } = await seen({ id });
    await publishSearch({ search_id: "s-2" });
    clock.now += 30 * minute;
    expect(await replay(id, cursor, minute)).toEqual({ replayed: 0, isTruncated: false });
  });

  test("a place of before all that is kept is told as cut", async () => {
    const cursor = fromStart();
    clock.now += 30 * day + 1;
    const { id } = await subscribe();
    expect(await replay(id, cursor)).toEqual({ replayed: 0, isTruncated: true });
  });

  test("of too many the newest are sent", async () => {
    const cursor = fromStart();
    const oldest = await publishSearch();
    clock.now += 1;
    await publishMany(agentLimits.replayed);
    const { id, webhook } = await subscribe();
    expect(await replay(id, cursor)).toEqual({ replayed: agentLimits.replayed, isTruncated: true });
    expect(await store.getDelivery(webhook.customerId, webhook.id, oldest)).toBeNull();
    expect((await seen({ id })).webhook.pendingCount).toBe(agentLimits.replayed);
  });

  test("no more than 10,000 events are looked at, whatever their type", async () => {
    const cursor = fromStart();
    await publishSearch();
    await publishMany(agentLimits.replayLooks, "flow_run_failed");
    const { id } = await subscribe();
    expect(await replay(id, cursor)).toEqual({ replayed: 0, isTruncated: true });
  });

  test("there is nothing to send from what was never given, nor to a subscription that is not there", async () => {
    const { id } = await subscribe();
    expect(await replay(id, "gone")).toBe("bad_cursor");
    expect(await replay("sub_none", fromStart())).toBeNull();
    await store.unsubscribe(customer, id, ann);
    expect(await replay(id, fromStart())).toBeNull();
  });
}

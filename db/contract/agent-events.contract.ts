import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { audienceId } from "@/domain/agent/audience";
import { cursorBehind, placeIn } from "@/domain/agent/cursor";
import { maxBodyBytes } from "@/domain/agent/event-body";
import { ann } from "../actor.kit";
import { day, hour, minute, newEvent, newWebhook, type Open } from "../contract.kit";
import { agentScene, site } from "./agents.kit";

/** What events bring to agents. */
export function agentEvents(open: Open): void {
  const scene = agentScene(open);
  const { store, clock, customer, challenged, subscribe, publishSearch, claim, sent, turn, maintain } = scene;
  const ids = audienceId(customer, "ids");
  const traces = async (eventId: string) =>
    (await store.traceForAgents(customer, eventId)).map(({ subscription: { id }, delivery, why }) => [
      id,
      delivery?.status ?? why,
    ]);

  test("an agent is sent a body of its own, and a webhook the event as ever", async () => {
    await newWebhook(store, customer);
    const { webhook } = await subscribe();
    const id = await publishSearch({ search_id: "s-1", name: "Ada", hit_count: 2 });
    const claims = await claim();
    expect(claims.map(({ event }) => event.id)).toEqual([id, id]);
    const bodyTo = (agent: boolean) =>
      JSON.parse(claims.find((each) => (each.webhook.id === webhook.id) === agent)?.event.payload ?? "");
    expect(bodyTo(false)).toMatchObject({ id, type: "search_completed", data: { name: "Ada" } });
    expect(bodyTo(true)).toEqual({
      eventId: id,
      name: "search_completed",
      timestamp: new Date(clock.now).toISOString(),
      data: { search_id: "s-1", hit_count: 2, link: `${site}/dashboard/events/${id}` },
      cursor: cursorBehind(null, clock.now),
    });
  });

  test("whoever goes on from the cursor of an event misses nothing that was on its way when it came", async () => {
    const own = await subscribe();
    await subscribe({ arguments: { search_id: "s-1" } });
    const first = await publishSearch({ search_id: "s-1" });
    const acceptedAt = clock.now;
    clock.now += 10 * minute;
    const second = await publishSearch({ search_id: "s-2" });
    const bodies = new Map((await claim()).map(({ event }) => [event.id, JSON.parse(event.payload)]));
    expect(placeIn(bodies.get(second).cursor)).toEqual({ key: 0, at: acceptedAt - minute });
    await store.unsubscribe(customer, own.id, ann);
    const again = await subscribe();
    const range = { cursor: bodies.get(second).cursor, maxAgeMs: null, retentionMs: day };
    expect(await store.replayEvents(customer, again.id, range)).toEqual({ replayed: 2, isTruncated: false });
    const replayed = (await claim()).filter(({ webhook }) => webhook.id === again.webhook.id);
    expect(replayed.map(({ event }) => event.id).sort()).toEqual([first, second].sort());
  });

  test("what a replay sends leads no further than where the replay began", async () => {
    await publishSearch({ search_id: "s-1" });
    const { cursor, id } = await subscribe();
    await store.unsubscribe(customer, id, ann);
    await publishSearch({ search_id: "s-1" });
    clock.now += hour;
    const again = await subscribe();
    await store.replayEvents(customer, again.id, { cursor, maxAgeMs: null, retentionMs: day });
    const [replayed] = await claim();
    expect(JSON.parse(replayed?.event.payload ?? "").cursor).toBe(cursor);
  });

  test("all of the data goes only to who asked for all of it", async () => {
    const full = await subscribe({ detail: "full" });
    const some = await subscribe();
    await publishSearch({ search_id: "s-1", name: "Ada" });
    const dataTo = new Map(
      (await claim()).map(({ webhook, event }) => [webhook.id, JSON.parse(event.payload).data]),
    );
    expect(dataTo.get(full.webhook.id)).toEqual({ search_id: "s-1", name: "Ada" });
    expect(dataTo.get(some.webhook.id)).not.toHaveProperty("name");
  });

  test("an event goes to the agents whose arguments its content fits, and is told of the others", async () => {
    const any = await subscribe();
    const other = await subscribe({ arguments: { search_id: "s-2" } });
    const another = await subscribe({ name: "flow_run_failed" });
    const id = await publishSearch({ search_id: "s-1" });
    expect((await claim()).map(({ webhook }) => webhook.subscriptionId)).toEqual([any.id]);
    expect(await traces(id)).toEqual([
      [other.id, "data.search_id is s-1, asked for s-2"],
      [any.id, "pending"],
    ]);
    await turn(200);
    clock.now += minute;
    await store.unsubscribe(customer, other.id, ann);
    const later = await subscribe();
    expect(await traces(id)).toEqual([
      [later.id, "it was subscribed later"],
      [any.id, expect.any(String)],
    ]);
    expect(another.name).toBe("flow_run_failed");
  });

  test("of a test, of another customer's event and of none at all nothing is told", async () => {
    await subscribe();
    const webhookId = await newWebhook(store, customer);
    const test = {
      customerId: customer,
      webhookId,
      eventId: "t-1",
      type: "search_completed",
      dataJson: "{}",
    };
    await store.createTest(test, ann);
    expect(await store.traceForAgents(customer, "t-1")).toEqual([]);
    expect(await store.traceForAgents(randomUUID(), await publishSearch())).toEqual([]);
    expect(await store.traceForAgents(customer, "none")).toEqual([]);
  });

  test("what comes before a challenge is answered was before the subscription", async () => {
    const asked = await challenged({ id: "sub_1" });
    const id = await publishSearch();
    await store.settleChallenge(asked, true, ann);
    expect(await traces(id)).toEqual([["sub_1", "it was subscribed later"]]);
  });

  test("nothing is written for agents who ask for nothing of the kind", async () => {
    const { id } = await subscribe({ name: "flow_run_failed" });
    const unasked = await publishSearch();
    expect(await store.getEvent(ids, unasked)).toBeNull();
    await store.unsubscribe(customer, id, ann);
    await store.publishEvents([newEvent(customer, { id: "f-1", type: "flow_run_failed" })]);
    expect(await store.getEvent(ids, "f-1")).toBeNull();
    expect(await store.getEvent(customer, "f-1")).not.toBeNull();
  });

  test("one that has lapsed gets nothing, also where nobody has ended it yet", async () => {
    const lapsed = await subscribe({ termMs: hour });
    const lasting = await subscribe({ termMs: 2 * hour });
    const before = await publishSearch();
    clock.now += hour;
    const after = await publishSearch();
    const claims = await claim();
    expect(claims.map(({ event, webhook }) => [event.id, webhook.subscriptionId])).toEqual([
      [before, lasting.id],
      [after, lasting.id],
    ]);
    expect((await store.getEvent(ids, after))?.event.deliveries).toBe(1);
    expect(await traces(after)).not.toContainEqual([lapsed.id, expect.anything()]);
  });

  test("an event that is published twice, in one call or two, goes to an agent once", async () => {
    await subscribe();
    const event = newEvent(customer);
    await store.publishEvents([event, event]);
    await store.publishEvents([event]);
    expect(await sent()).toEqual([event.id]);
  });

  test("an id that retention has let go is accepted anew while agents' deliveries of it are kept", async () => {
    await subscribe({ termMs: day });
    const id = await publishSearch();
    clock.now += 12 * hour;
    await turn(200);
    clock.now += 30 * day - 11 * hour;
    await maintain();
    expect(await store.getEvent(customer, id)).toBeNull();
    expect(await store.getEvent(ids, id)).not.toBeNull();
    await subscribe();
    const again = await store.publishEvents([newEvent(customer, { id })]);
    expect(again).toMatchObject({ kind: "accepted", events: [{ id, duplicate: false }] });
    expect(await sent()).toEqual([]);
  });

  test("what is larger than agents take is not sent, and told", async () => {
    const some = await subscribe();
    const full = await subscribe({ detail: "full" });
    const id = await publishSearch({ note: "x".repeat(maxBodyBytes) });
    expect((await claim()).map(({ webhook }) => webhook.subscriptionId)).toEqual([some.id]);
    expect(await traces(id)).toContainEqual([full.id, expect.stringContaining("262144 at most")]);
  });
}

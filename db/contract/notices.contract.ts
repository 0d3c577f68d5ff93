import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { countdownLimits, noticeLimits } from "@/domain/limits";
import { type NoticeKind, noticeKinds } from "@/domain/notice/kinds";
import { ann } from "../actor.kit";
import { attempt, day, hour, minute, newEvent, newWebhook, type Open } from "../contract.kit";
import type { Claim, Store } from "../store";
import { customerScene } from "./scene.kit";

/** What customers are told of their own webhooks. */
export function notices(open: Open): void {
  const { store, clock, claim } = customerScene(open);
  const owner: string = randomUUID();
  const customer: string = randomUUID();
  const failing: string = randomUUID();
  beforeEach(async () => {
    await store.createCustomerWithOwner({ id: customer, name: "Contoso", ownerId: owner }, ann);
    await newWebhook(store, customer, { id: failing, description: "CRM" });
  });
  const publish = (count = 1) => store.publishEvents(Array.from({ length: count }, () => newEvent(customer)));
  /** All that is due goes out: the webhook that is told of answers with `status`, the others take what comes. */
  const send = async (status: number) => {
    const claims = await claim();
    const statusOf = ({ webhook: { id } }: Claim) => (id === failing ? status : 200);
    await store.recordAttempts(claims.map((claimed) => attempt(claimed, statusOf(claimed), clock.now)));
    return claims;
  };
  /** It fails in earnest, and the breaker opens. */
  const fail = async () => {
    await publish(5);
    await send(500);
  };
  const recover = async () => {
    clock.now += 6 * minute;
    await send(200);
  };
  const passOn = async () => {
    while (await store.passOnNotices());
  };

  describe("as events", () => {
    const listen = (events: string[], more = {}) => newWebhook(store, customer, { events, ...more });
    /** What the others are told now. */
    const told = async () => {
      await passOn();
      const claims = (await send(500)).filter(({ event }) => event.type.startsWith("webhook."));
      return claims.map(({ event, webhook }) => ({ webhook: webhook.id, ...JSON.parse(event.payload) }));
    };

    test("a webhook that asks for them hears of the others, when they fail and recover in earnest", async () => {
      const listener = await listen(["webhook.*"]);
      const started_at = new Date(clock.now).toISOString();
      await fail();
      expect(await told()).toMatchObject([
        {
          webhook: listener,
          type: "webhook.failing",
          data: {
            webhook_id: failing,
            webhook_url: "https://receiver.example/hook",
            started_at,
            cause: { code: expect.any(String), next_step: expect.any(String) },
          },
        },
      ]);
      await recover();
      const ended_at = new Date(clock.now + 20).toISOString();
      const data = { webhook_id: failing, started_at, ended_at, held_count: 5 };
      expect(await told()).toMatchObject([{ webhook: listener, type: "webhook.recovered", data }]);
    });

    test("one failure is no news, and nobody is told twice", async () => {
      await listen(["webhook.*"]);
      await publish();
      await send(500);
      expect(await told()).toEqual([]);
      await fail();
      expect(await told()).toHaveLength(1);
      clock.now += hour;
      expect(await told()).toEqual([]);
    });

    test("a webhook is not told of itself, which its trace says", async () => {
      await store.updateWebhook(customer, failing, { events: ["search_completed", "webhook.*"] }, ann);
      const other = await listen(["webhook.failing"]);
      await fail();
      const [heard, ...more] = await told();
      expect([heard?.webhook, more]).toEqual([other, []]);
      const found = await store.getEvent(customer, heard?.id);
      expect(found?.traces.find(({ webhookId }) => webhookId === failing)).toMatchObject({
        delivery: null,
        reason: "about_itself",
      });
    });

    test.each([
      ["lists none of them", { events: ["search_completed"] }, 0],
      ["lists nothing", { events: [] }, 0],
      ["lists another one", { events: ["webhook.slow"] }, 0],
      ["lists this one", { events: ["webhook.failing"] }, 1],
      ["is off", { events: ["webhook.*"], isActive: false }, 0],
    ])("a webhook that %s hears what it asked for", async (_, more, count) => {
      await newWebhook(store, customer, { url: "https://receiver.example/other", ...more });
      await fail();
      expect(await told()).toHaveLength(count);
    });

    test("a webhook that is switched off by its answer is told of as such, and another customer hears nothing", async () => {
      await listen(["webhook.*"]);
      const stranger = randomUUID();
      await store.createCustomer({ id: stranger, name: "Fabrikam", externalId: null }, ann);
      await newWebhook(store, stranger, { events: ["webhook.*"] });
      await publish();
      await send(410);
      const heard = await told();
      expect(heard.map(({ type }) => type)).toEqual(["webhook.failing", "webhook.disabled"]);
      expect(heard[1].data.reason).toContain("410");
    });

    test("one that is about to be switched off is told of once, a day before", async () => {
      await listen(["webhook.*"]);
      await publish();
      const heard: { type: string; data: { earliest_at: string } }[] = [];
      const switchedOffAt = clock.now + countdownLimits.periodMs;
      while (clock.now < switchedOffAt) {
        heard.push(...(await told()));
        clock.now += hour;
        await publish();
      }
      const [soon, ...more] = heard.filter(({ type }) => type === "webhook.disabling_soon");
      expect([soon?.data.earliest_at, more]).toEqual([new Date(switchedOffAt).toISOString(), []]);
    });

    test("what happened is told also when nobody passed it on for a while, and not after three days", async () => {
      await listen(["webhook.*"]);
      await fail();
      clock.now += noticeLimits.keptMs + hour;
      while (await store.maintain({ retentionMs: 90 * day, longestPauseMs: day }));
      expect(await told()).toEqual([]);
    });
  });

  describe("as mail", () => {
    const address = "owner@contoso.example";
    const choose = (kinds: readonly NoticeKind[] = noticeKinds) =>
      store.chooseNotices({ userId: owner, kinds }, ann);
    const due = () => store.claimDigest(2 * minute);
    const wanted = async () => {
      await choose();
      await store.proveAddress(owner, address);
    };
    const kindsOf = (digest: Awaited<ReturnType<Store["claimDigest"]>>) =>
      digest?.webhooks.flatMap(({ notices }) => notices.map(({ kind }) => kind)) ?? [];
    const mail = async () => {
      const digest = await due();
      const ended = digest ? await store.settleDigest(digest, true) : "settled";
      return ended === "settled" ? kindsOf(digest) : [ended];
    };

    test("a member who never chose wants no mail, and a stranger cannot choose", async () => {
      expect(await store.findNoticeChoice(owner)).toEqual({ userId: owner, kinds: [], address: null });
      expect(await store.findNoticeChoice(randomUUID())).toBeNull();
      expect(await store.chooseNotices({ userId: randomUUID(), kinds: ["failing"] }, ann)).toBeNull();
      expect(await store.proveAddress(randomUUID(), address)).toBe(false);
    });

    test("what a member chooses is kept, in one order, and told in the audit log", async () => {
      expect(await choose(["slow", "failing", "failing"])).toMatchObject({ kinds: ["failing", "slow"] });
      expect((await store.findNoticeChoice(owner))?.kinds).toEqual(["failing", "slow"]);
      await choose(["failing", "slow"]); // changes nothing
      const { items } = await store.listAuditLog(customer, { pageSize: 10 });
      expect(items.filter(({ action }) => action === "member.notices_chosen")).toMatchObject([
        { subject: { id: owner }, changes: [{ field: "mail", from: [], to: ["failing", "slow"] }] },
      ]);
    });

    test("nothing is sent to an address that was not proved", async () => {
      await choose();
      await fail();
      await passOn();
      clock.now += hour;
      expect(await due()).toBeNull();
      await store.proveAddress(owner, address); // what was before is no news
      clock.now += hour;
      expect(await due()).toBeNull();
      expect(await store.countDigests()).toEqual({ waiting: 0, failing: 0 });
    });

    test("what happens within a minute comes in one mail", async () => {
      await wanted();
      await fail();
      await recover();
      await passOn();
      expect(await due()).toBeNull();
      expect(await store.countDigests()).toEqual({ waiting: 1, failing: 0 });
      clock.now += noticeLimits.firstMailMs;
      const digest = await due();
      expect(digest).toMatchObject({ userId: owner, address, customerName: "Contoso" });
      expect(digest?.webhooks).toMatchObject([{ id: failing, description: "CRM" }]);
      expect(kindsOf(digest)).toEqual(["failing", "recovered"]);
    });

    test("what goes on comes no sooner than ten minutes later, together", async () => {
      await wanted();
      await fail();
      await passOn();
      clock.now += noticeLimits.firstMailMs;
      expect(await mail()).toEqual(["failing"]);
      expect(await due()).toBeNull();
      await recover();
      await passOn();
      for (let time = 0; time < 6; time += 1) await fail(); // what was held drains from one at a time
      await passOn();
      expect(await due()).toBeNull();
      clock.now += noticeLimits.nextMailMs;
      expect(await mail()).toEqual(["recovered", "failing"]);
      clock.now += hour;
      expect(await mail()).toEqual([]);
    });

    test("only what the member chose is told", async () => {
      await choose(["recovered"]);
      await store.proveAddress(owner, address);
      await fail();
      await recover();
      await passOn();
      clock.now += hour;
      expect(await mail()).toEqual(["recovered"]);
    });

    test("a mail has one sender at a time, and another one once its lease is over", async () => {
      await wanted();
      await fail();
      await passOn();
      clock.now += noticeLimits.firstMailMs;
      const [first, second] = await Promise.all([due(), due()]);
      expect([first, second].filter((digest) => digest !== null)).toHaveLength(1);
      const lost = first ?? second;
      clock.now += 2 * minute;
      const again = await due();
      expect(again?.webhooks).toEqual(lost?.webhooks);
      if (!lost || !again) throw new Error("No mail was due.");
      expect(await store.settleDigest(lost, true)).toBe("lease_lost");
      expect(await store.settleDigest(again, true)).toBe("settled");
      clock.now += hour;
      expect(await due()).toBeNull();
    });

    test("a mail that cannot be sent is tried again for a day, ever later, and then given up", async () => {
      await wanted();
      await fail();
      await passOn();
      clock.now += noticeLimits.firstMailMs;
      const begun = clock.now;
      let tried = 0;
      let ended = "";
      let mostFailing = 0;
      while (ended !== "given_up") {
        const digest = await due();
        if (digest) {
          tried += 1;
          ended = await store.settleDigest(digest, false);
          mostFailing = Math.max(mostFailing, (await store.countDigests()).failing);
        }
        clock.now += 30_000;
      }
      expect(clock.now - begun).toBeGreaterThanOrEqual(noticeLimits.giveUpMs);
      expect(tried).toBeGreaterThan(24);
      expect(tried).toBeLessThan(40);
      expect(mostFailing).toBe(1);
      expect(await store.countDigests()).toEqual({ waiting: 0, failing: 0 });
    });

    test("a webhook that is deleted meanwhile is no news, and who leaves gets no mail", async () => {
      await wanted();
      await fail();
      await passOn();
      await store.deleteWebhook(customer, failing, ann);
      clock.now += noticeLimits.firstMailMs;
      expect(await due()).toBeNull();
      expect(await store.countDigests()).toEqual({ waiting: 0, failing: 0 });
      await store.deleteCustomer(customer, ann);
      expect(await store.findNoticeChoice(owner)).toBeNull();
    });
  });
}

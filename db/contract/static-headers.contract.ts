import { expect, test } from "vitest";
import { ann } from "../actor.kit";
import { newWebhook, type Open } from "../contract.kit";
import { only, webhookScene } from "./scene.kit";

const authorization = { name: "Authorization", value: "k:sealed", isSecret: true };
const env = { name: "X-Env", value: "live", isSecret: false };
const kept = { name: "authorization", value: null, isSecret: true };

/** What a webhook says in every request, and how long these may take. */
export function staticHeaders(open: Open): void {
  const { store, customer, webhook, publish, claim, health, openBreaker } = webhookScene(open);
  const change = (to: Parameters<typeof store.updateWebhook>[2]) =>
    store.updateWebhook(customer, webhook, to, ann);
  const claimed = async () => only(await claim()).webhook;

  test("come with what is claimed, sealed; nobody else reads a secret one", async () => {
    await change({ headers: [authorization, env] });
    await publish();
    expect(await claimed()).toMatchObject({ headers: [authorization, env] });
    const shown = [{ ...authorization, value: null }, env];
    expect(await health()).toMatchObject({ headers: shown });
    expect(await store.listWebhooks(customer)).toMatchObject([{ headers: shown }]);
  });

  test("are there from the beginning, or not at all", async () => {
    const id = await newWebhook(store, customer, { headers: [env], timeoutMs: 5_000, ratePerSecond: 3 });
    expect(await store.getWebhook(customer, id)).toMatchObject({
      headers: [env],
      timeoutMs: 5_000,
      ratePerSecond: 3,
    });
    expect(await health()).toMatchObject({ headers: [], timeoutMs: null, ratePerSecond: null });
  });

  test("stay when something else changes", async () => {
    await change({ headers: [authorization], timeoutMs: 5_000, ratePerSecond: 0.5 });
    await change({ description: "CRM", url: "https://receiver.example/other" });
    await publish();
    expect(await claimed()).toMatchObject({ headers: [authorization], timeoutMs: 5_000 });
    expect(await health()).toMatchObject({ ratePerSecond: 0.5 });
  });

  test("keep the value of a secret one that is given without", async () => {
    await change({ headers: [authorization, env] });
    await change({ headers: [kept] });
    await publish();
    expect(await claimed()).toMatchObject({ headers: [{ ...kept, value: "k:sealed" }] });
  });

  test("are refused where there is no value to keep, and then nothing changes", async () => {
    await change({ headers: [env] });
    expect(await change({ headers: [kept], description: "CRM" })).toBe("no_header_value");
    expect(await health()).toMatchObject({ headers: [env], description: null });
  });

  test("keep no secret value for another origin", async () => {
    await change({ headers: [authorization] });
    const url = "https://other.example/hook";
    expect(await change({ url })).toBe("no_header_value");
    expect(await change({ url, headers: [kept] })).toBe("no_header_value");
    expect(await health()).toMatchObject({ url: "https://receiver.example/hook" });
    expect(await change({ url, headers: [{ ...kept, value: "k:again" }] })).toMatchObject({ url });
  });

  test.each([
    ["another list of them closes the breaker", { headers: [env] }, true],
    ["a new value of a secret one closes it", { headers: [{ ...authorization, value: "k:new" }] }, true],
    ["another timeout closes it", { timeoutMs: 9_000 }, true],
    [
      "the same ones leave it open",
      { headers: [{ ...authorization, value: null }], timeoutMs: 5_000 },
      false,
    ],
    ["another limit leaves it open", { ratePerSecond: 9 }, false],
  ])("%s", async (_, to, closes) => {
    await change({ headers: [authorization], timeoutMs: 5_000 });
    await openBreaker();
    await change(to);
    expect((await health()).breaker === null).toBe(closes);
  });

  test("are resealed with the other secrets", async () => {
    await change({ headers: [{ ...authorization, value: "old:1" }, env] });
    expect((await store.listSealedKeys()).map(({ keyId }) => keyId)).toEqual(["old"]);
    const renew = (secret: string) => secret.replace("old:", "new:");
    expect(await store.reseal("new", null, renew)).not.toBeNull();
    await publish();
    expect(await claimed()).toMatchObject({ headers: [{ ...authorization, value: "new:1" }, env] });
    expect((await store.listSealedKeys()).map(({ keyId }) => keyId)).toEqual(["new"]);
  });

  test("are told in the audit log, without what is secret", async () => {
    await change({ headers: [authorization, env], timeoutMs: 5_000, ratePerSecond: 0.5 });
    await change({ headers: [{ ...authorization, value: "k:other" }] });
    const { items } = await store.listAuditLog(customer, { actions: ["webhook.updated"], pageSize: 9 });
    const [hidden, open] = ["Authorization: hidden", "X-Env: live"];
    expect(items.map(({ changes }) => changes)).toEqual([
      [{ field: "headers", from: [hidden, open], to: [hidden] }],
      [
        { field: "headers", from: [], to: [hidden, open] },
        { field: "timeout_seconds", from: null, to: 5 },
        { field: "rate_limit", from: null, to: 0.5 },
      ],
    ]);
  });
}

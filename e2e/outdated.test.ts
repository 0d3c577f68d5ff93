import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrateAhead } from "@/chaos/newer-version";
import { type App, startApp } from "@/testing/app";
import { createAuthority } from "@/testing/certificates";
import { call, newCustomer } from "@/testing/client";
import { type Receiver, startReceiver } from "@/testing/receiver";

const folder = mkdtempSync(join(tmpdir(), "fanfare-outdated-"));
let receiver: Receiver;
let app: App;
beforeAll(async () => {
  const authority = await createAuthority(folder);
  receiver = await startReceiver({ tls: await authority.issue() });
  app = await startApp({ env: { NODE_EXTRA_CA_CERTS: authority.caFile } });
});
afterAll(async () => {
  await app.remove();
  await receiver.close();
  rmSync(folder, { recursive: true });
});

test("beside a database that a newer version migrated it ends, writes nothing more, and loses nothing", async () => {
  const { id, key } = await newCustomer(app);
  const body = { webhook_url: receiver.url, events: ["search_completed"] };
  const webhook = (await call(app, "POST", "/webhooks", { key, body })).body as { id: string };
  receiver.answerNext("hang");
  const event = {
    customer_id: id,
    id: "e1",
    type: "search_completed",
    data: { search_id: "s", query: { name: "A" }, hit_count: 0 },
  };
  expect(await call(app, "POST", "/events", { key: app.platformKey, body: event })).toMatchObject({
    status: 202,
  });
  await receiver.waitFor(1);

  const undo = migrateAhead(app.dataDir);
  expect(await app.ended()).toBe(3);
  expect(app.output()).toContain(
    "made by a newer version of Fanfare. Start that version, or a newer one. This process ends",
  );
  expect(app.output()).not.toContain("starting it again");
  await expect(app.start()).rejects.toThrow("made by a newer version");

  undo();
  await app.start();
  await receiver.waitFor(2);
  const delivery = `/webhooks/${webhook.id}/events/e1`;
  await expect
    .poll(async () => (await call(app, "GET", delivery, { key })).body)
    .toMatchObject({ status: "delivered", attempt_count: 2 });
  expect((await call(app, "GET", "/balance", { key })).body).toMatchObject({
    is_balanced: true,
    delivered: 1,
  });
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { type App, startApp } from "./app";
import { type Authority, createAuthority } from "./certificates";
import { call, newCustomer, trpcClient } from "./client";
import { type Receiver, startReceiver } from "./receiver";

export const secret = `whsec_${Buffer.from("0123456789abcdef0123456789abcdef").toString("base64")}`;
export const data = { search_id: "a-search", hit_count: 2, note: "Zoë <b>&</b>" };

type View = Record<string, unknown> & { id: string };

/** The running product for a file of tests; for each test a receiver and a customer, under names that stay. */
export function setScene() {
  const app = {} as App;
  const receiver = {} as Receiver;
  const customer = { id: "", key: "" };
  /** What the product was started with. */
  const settings: Record<string, string> = {};
  let folder: string;
  let authority: Authority;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "fanfare-scene-"));
    authority = await createAuthority(folder);
    const { caFile } = authority;
    Object.assign(settings, { NODE_EXTRA_CA_CERTS: caFile, RETRY_SCHEDULE: "1s,1s", DELIVERY_TIMEOUT: "3s" });
    Object.assign(app, await startApp({ env: settings }));
  });
  afterAll(async () => {
    await app.remove?.();
    rmSync(folder, { recursive: true });
  });
  beforeEach(async () => {
    Object.assign(receiver, await startReceiver({ tls: await authority.issue() }));
    Object.assign(customer, await newCustomer(app));
  });
  afterEach(() => receiver.close());

  /** Asks over REST with the customer's key. */
  const ask = (method: string, path: string, body?: unknown) =>
    call(app, method, path, { key: customer.key, body });

  const register = async (more: object = {}): Promise<View> => {
    const body = { webhook_url: receiver.url, events: ["search_completed"], ...more };
    const made = await ask("POST", "/webhooks", body);
    expect(made.status).toBe(201);
    return made.body as View;
  };

  const publish = (more: object = {}) =>
    call(app, "POST", "/events", {
      key: app.platformKey,
      body: { customer_id: customer.id, type: "search_completed", data, ...more },
    });

  /** The delivery once it has ended, followed live. */
  const ended = (webhookId: string, status: string): Promise<View> => {
    const client = trpcClient(app, customer.key);
    return new Promise((resolve, reject) => {
      const look = async () => {
        const page = await client.deliveries.list.query({ webhook_id: webhookId });
        const found = page.items.find((item) => item.status === status);
        if (!found) return;
        subscription.unsubscribe();
        resolve(found as View);
      };
      const lookAgain = () => void look().catch(reject);
      const subscription = client.live.deliveries.subscribe(
        { webhook_id: webhookId },
        { onStarted: lookAgain, onData: lookAgain, onError: reject },
      );
    });
  };

  /** A certificate that the product trusts, for a receiver of the test's own. */
  const issueCertificate = () => authority.issue();

  return { app, settings, issueCertificate, receiver, customer, ask, register, publish, ended };
}

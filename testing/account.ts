import { randomUUID } from "node:crypto";
import { type APIRequestContext, expect } from "playwright/test";
import type { App } from "./app";
import { call } from "./client";

/** A customer whose owner is signed in to a browser, and what its platform and its programs do meanwhile. */
export type Account = {
  customerId: string;
  email: string;
  password: string;
  /** Calls the API for this customer, and answers the body. Fails the test unless the answer is 2xx. */
  call<Body = unknown>(method: string, path: string, body?: unknown): Promise<Body>;
  /** Registers a webhook that receives `search_completed` unless told otherwise; answers its id. */
  addWebhook(webhook: { webhook_url: string } & Record<string, unknown>): Promise<string>;
  /** Publishes a `search_completed` event; answers its id. */
  publish(data?: Record<string, unknown>): Promise<string>;
};

export type Person = { name: string; email: string; password: string; company: string };

/** Somebody whom the product does not know yet. */
export const newPerson = (): Person => ({
  name: "Ada Lindqvist",
  email: `ada-${randomUUID()}@example.com`,
  password: "correct horse battery",
  company: "Northwind Bank",
});

/** Signs somebody new up in the browser that `request` belongs to, by the API. */
export async function signUp(app: App, request: APIRequestContext): Promise<Account> {
  const person = newPerson();
  // A network may make so many accounts; each story comes from one of its own.
  const headers = { "x-forwarded-for": someAddress() };
  const answer = await request.post(`${app.url}/api/auth/sign-up/email`, { data: person, headers });
  expect(answer.ok(), await answer.text()).toBe(true);
  return accountOf(app, request, person);
}

const someAddress = () => `10.${[0, 0, 0].map(() => Math.floor(Math.random() * 256)).join(".")}`;

/** The account that is signed in. */
export async function accountOf(app: App, request: APIRequestContext, person: Person): Promise<Account> {
  const answer = await request.get(`${app.url}/api/trpc/session.get`);
  return accountFor(app, (await answer.json()).result.data.customer.id, person);
}

/** The account of a customer, by the platform's key. */
export function accountFor(app: App, customerId: string, person: Person): Account {
  const asPlatform = async <Body>(method: string, path: string, body?: unknown): Promise<Body> => {
    const answered = await call(app, method, path, { key: app.platformKey, customer: customerId, body });
    expect(answered.status, JSON.stringify(answered.body)).toBeLessThan(300);
    return answered.body as Body;
  };
  return {
    ...person,
    customerId,
    call: asPlatform,
    async addWebhook(webhook) {
      const body = { events: ["search_completed"], ...webhook };
      return (await asPlatform<{ id: string }>("POST", "/webhooks", body)).id;
    },
    async publish(data = { search_id: randomUUID(), hit_count: 2 }) {
      const event = { customer_id: customerId, type: "search_completed", data };
      return (await asPlatform<{ id: string }>("POST", "/events", event)).id;
    },
  };
}

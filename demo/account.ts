import { randomBytes } from "node:crypto";
import type { Api } from "./api";
import type { DemoWebhook } from "./behaviours";

export type Account = {
  customerId: string;
  webhookIds: string[];
  email: string;
  password: string;
  /** Works once. */
  portalLink: string;
};

const dayS = 24 * 60 * 60;

/** Makes what a customer has after some months: an owner, keys, webhooks, and a link from the platform's own pages. */
export async function createAccount(api: Api, webhooks: DemoWebhook[]): Promise<Account> {
  const email = "ada@northwind.example";
  const password = randomBytes(9).toString("base64url");
  await api.signUp({ name: "Ada Lindqvist", email, password, company: "Northwind Compliance" });
  const [customer] = await api.platform<{ id: string }[]>("GET", "/customers");
  if (!customer) throw new Error("A sign-up made no customer.");

  const path = `/customers/${customer.id}`;
  for (const name of ["CRM backend", "Nightly export"])
    await api.platform("POST", `${path}/api-keys`, { name });
  const webhookIds: string[] = [];
  for (const webhook of webhooks) {
    const made = await api.platform<{ id: string }>("POST", "/webhooks", webhook, customer.id);
    webhookIds.push(made.id);
  }
  const link = await api.platform<{ url: string }>("POST", `${path}/portal-links`, { expires_in: dayS });
  return { customerId: customer.id, webhookIds, email, password, portalLink: link.url };
}

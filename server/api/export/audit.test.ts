import { afterEach, beforeEach, expect, test } from "vitest";
import { ann } from "@/db/actor.kit";
import { type Api, openApi, publicUrl, toRequest } from "../api.fixture";
import type { AuditEntryView } from "../views/audit";
import { handleAuditExport } from "./handle-audit";

let api: Api;
let customer: { id: string; key: string };
let webhook: string;
beforeEach(async () => {
  api = await openApi();
  customer = await api.newCustomer();
  webhook = await api.newWebhook(customer.key, { webhook_url: "https://a.example" });
});
afterEach(() => api.close());

async function ask(query: string, asked: object = { key: customer.key }, method = "GET") {
  const response = await handleAuditExport(toRequest(method, `/export/audit${query}`, asked));
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const change = (description: string) =>
  api.store.updateWebhook(customer.id, webhook, { description }, { ...ann, name: "=cmd()" });

test("a CSV file has a line an entry, with its changes in one cell and no formula", async () => {
  await change("CRM");
  const { status, headers, text } = await ask("?format=csv&action=webhook.updated");
  expect([status, headers.get("content-type")]).toEqual([200, "text/csv; charset=utf-8"]);
  expect(headers.get("content-disposition")).toMatch(
    /^attachment; filename="audit-log-\d{4}-\d\d-\d\d\.csv"$/,
  );
  const [head, line, ...rest] = text.split("\n");
  expect(head).toBe(
    "at,action,subject_kind,subject_id,subject_name,changes,by_kind,by_id,by_name,by_email,address,user_agent,id",
  );
  expect(line).toContain(
    `,webhook.updated,webhook,${webhook},https://a.example,description: – → CRM,member,ann,'=cmd(),ann@example.com,192.0.2.7,Firefox,`,
  );
  expect(rest).toEqual([""]);
});

test("a JSON file has all entries, one a line, over many looks", async () => {
  for (let edit = 0; edit < 205; edit += 1) await change(`edit ${edit}`);
  const { text } = await ask(`?webhook_id=${webhook}`);
  const entries = text
    .trim()
    .split("\n")
    .map((line): AuditEntryView => JSON.parse(line));
  expect(entries).toHaveLength(206);
  expect(new Set(entries.map(({ id }) => id)).size).toBe(206);
  expect(entries[0]?.changes[0]?.to).toBe("edit 204");
});

test("whoever is no owner saves what they may see", async () => {
  const portal = { key: null, headers: { cookie: await api.openPortal(customer.id), origin: publicUrl } };
  const { text } = await ask("", portal);
  expect(text).toContain("webhook.created");
  expect(text).not.toContain("api_key.created");
});

test("nobody, another method and another field are refused", async () => {
  expect((await ask("", { key: null })).status).toBe(401);
  expect((await ask("", { key: customer.key }, "DELETE")).status).toBe(405);
  expect((await ask("?format=xml")).status).toBe(400);
});

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Api, openApi, rest } from "../api.fixture";

let api: Api;
beforeEach(async () => {
  api = await openApi();
});
afterEach(() => api.close());

const create = (json: unknown) => rest<{ id: string }>("POST", "/customers", { json });

describe("customers", () => {
  test("are made, listed newest first, read by either id, and deleted", async () => {
    const first = await create({ name: "Northwind" });
    const second = await create({ name: "Fabrikam", external_id: "org:42/7" });
    expect(second).toMatchObject({ status: 201, body: { name: "Fabrikam", external_id: "org:42/7" } });
    expect(Object.keys(second.body).sort()).toEqual(["created_at", "external_id", "id", "name"]);
    expect((await rest("GET", "/customers")).body).toMatchObject([second.body, first.body]);
    const page = await rest("GET", "/customers?page_size=1");
    expect(page.body).toMatchObject([second.body]);
    expect(page.headers.get("link")).toMatch(
      /^<https:\/\/hooks\.example\/customers\?.*cursor=\d+>; rel="next"$/,
    );
    for (const id of [second.body.id, encodeURIComponent("org:42/7")]) {
      expect(await rest("GET", `/customers/${id}`)).toMatchObject({ status: 200, body: second.body });
    }
    expect((await rest("DELETE", `/customers/${first.body.id}`)).status).toBe(204);
    expect((await rest("GET", `/customers/${first.body.id}`)).status).toBe(404);
    expect((await rest("DELETE", `/customers/${first.body.id}`)).status).toBe(404);
  });

  test("never share an external id, nor take another's id as theirs", async () => {
    const { body } = await create({ name: "Northwind", external_id: "one" });
    expect(await create({ name: "Fabrikam", external_id: "one" })).toMatchObject({
      status: 409,
      body: { errors: [{ path: ["external_id"] }] },
    });
    expect((await create({ name: "Fabrikam", external_id: body.id })).status).toBe(409);
  });

  test.each([
    {},
    { name: "" },
    { name: " " },
    { name: 1 },
    { name: "a\0b" },
    { name: "x", external_id: "" },
    { name: "x", external_id: ".." },
    { name: "x", external_id: "é" },
  ])("are refused as %j", async (json) => expect((await create(json)).status).toBe(400));

  test("deleted ones leave nothing that works", async () => {
    const customer = await api.newCustomer();
    await rest("DELETE", `/customers/${customer.id}`);
    expect((await rest("GET", "/webhooks", customer)).status).toBe(401);
    const headers = { "x-customer-id": customer.id };
    expect((await rest("GET", "/webhooks", { headers })).status).toBe(404);
  });
});

describe("API keys", () => {
  test("are shown once, listed without themselves, and dead once revoked", async () => {
    const { id } = (await create({ name: "Northwind", external_id: "nw" })).body;
    const made = await rest<{ id: string; key: string }>("POST", "/customers/nw/api-keys", {
      json: { name: "CI" },
    });
    expect(made).toMatchObject({
      status: 201,
      body: { name: "CI", key: expect.stringMatching(/^fk_[\w-]{43}$/) },
    });
    const { key, ...shown } = made.body;
    expect((await rest("GET", `/customers/${id}/api-keys`)).body).toEqual([shown]);
    expect((await rest("GET", "/webhooks", { key })).status).toBe(200);
    expect((await rest("DELETE", `/customers/${id}/api-keys/${made.body.id}`)).status).toBe(204);
    expect((await rest("GET", "/webhooks", { key })).status).toBe(401);
    expect((await rest("DELETE", `/customers/${id}/api-keys/${made.body.id}`)).status).toBe(404);
  });

  test("are refused with a field that would limit nothing", async () => {
    const { id } = await api.newCustomer();
    const json = { acess: "read", expires: "2030-01-01T00:00:00Z" };
    expect(await rest("POST", `/customers/${id}/api-keys`, { json })).toMatchObject({
      status: 400,
      body: { errors: [{ path: ["acess"] }, { path: ["expires"] }] },
    });
    expect((await rest("GET", `/customers/${id}/api-keys`)).body).toHaveLength(1);
  });

  test("belong to one customer", async () => {
    const [one, other] = [await api.newCustomer(), await api.newCustomer()];
    const keys = await rest<{ id: string }[]>("GET", `/customers/${one.id}/api-keys`);
    expect((await rest("DELETE", `/customers/${other.id}/api-keys/${keys.body[0]?.id}`)).status).toBe(404);
    expect((await rest("POST", "/customers/nobody/api-keys", { json: {} })).status).toBe(404);
  });
});

test("a portal link is an address that signs in until it expires", async () => {
  const { id } = await api.newCustomer();
  const made = await rest<{ url: string; expires_at: string }>("POST", `/customers/${id}/portal-links`, {
    json: { expires_in: 60 },
  });
  expect(made.status).toBe(201);
  expect(made.body.url).toMatch(/^https:\/\/hooks\.example\/portal\/[\w-]{43}$/);
  expect(Date.parse(made.body.expires_at)).toBe(api.clock.now + 60_000);
  expect((await rest("POST", `/customers/${id}/portal-links`)).status).toBe(201);
  expect((await rest("POST", "/customers/nobody/portal-links")).status).toBe(404);
  expect((await rest("POST", `/customers/${id}/portal-links`, { json: { expires_in: 0 } })).status).toBe(400);
});

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { handleAuth } from "@/server/auth/handle";
import { type Api, openApi, publicUrl, rest, toRequest, trpc } from "../../api.fixture";

let api: Api;
let owner: string;
beforeEach(async () => {
  api = await openApi();
  owner = await api.signUp("owner@example.com");
});
afterEach(() => api.close());

const asked = (cookie: string) => ({ key: null, headers: { cookie, origin: publicUrl } });
const change = async (cookie: string, name: string, input: object) => {
  const { data, error } = await trpc<{ url: string }>("mutation", name, input, asked(cookie));
  if (error) throw new Error(error.message);
  return data?.url ?? "";
};
const post = (path: string, json: object, cookie = "") =>
  handleAuth(toRequest("POST", `/api/auth/${path}`, { ...asked(cookie), json }));
const userId = async (cookie: string) => {
  const { auth } = api.runtime;
  return (await (await auth.accounts()).api.getSession({ headers: new Headers({ cookie }) }))?.user.id ?? "";
};
const tokenOf = (url: string) => url.split("/").at(-1) ?? "";
/** Somebody who comes by an invitation of the first owner. */
const join = async (email: string, role: "owner" | "member") =>
  api.signUp(email, await change(owner, "team.invite", { role }));

const resetLinkFor = async (cookie: string, maker = owner) =>
  change(maker, "team.createResetLink", { user_id: await userId(cookie) });
const reset = async (url: string) => {
  const json = { token: tokenOf(url), newPassword: "a stranger's password" };
  return (await post("reset-password", json)).status;
};
const remove = async (cookie: string) => change(owner, "team.remove", { user_id: await userId(cookie) });
const demote = async (cookie: string) =>
  change(owner, "team.setRole", { user_id: await userId(cookie), role: "member" });

describe("a reset link", () => {
  test("ends when the member whom it is for is removed, also for what they become elsewhere", async () => {
    const member = await join("member@example.com", "member");
    const link = await resetLinkFor(member);
    await remove(member);
    const elsewhere = await api.signUp("elsewhere@example.com");
    const invitation = tokenOf(await change(elsewhere, "team.invite", { role: "owner" }));
    expect((await post("accept-invitation", { invitation }, member)).status).toBe(200);
    expect(await reset(link)).toBe(409);
    expect((await trpc("query", "team.list", undefined, asked(member))).status).toBe(200);
  });

  test.each([
    ["removed", remove],
    ["no owner any more", demote],
  ])("ends when the owner who made it is %s", async (_, end) => {
    const maker = await join("maker@example.com", "owner");
    const member = await join("member@example.com", "member");
    const link = await resetLinkFor(member, maker);
    await end(maker);
    expect(await reset(link)).toBe(409);
  });

  test("ends when its person changes the password", async () => {
    const member = await join("member@example.com", "member");
    const link = await resetLinkFor(member);
    const passwords = { currentPassword: "correct horse battery", newPassword: "battery staple" };
    expect((await post("change-password", passwords, member)).status).toBe(200);
    expect(await reset(link)).toBe(409);
  });
});

describe("an invitation", () => {
  test.each([
    ["removed", remove],
    ["no owner any more", demote],
  ])("ends when the owner who made it is %s", async (_, end) => {
    const maker = await join("maker@example.com", "owner");
    const invitation = tokenOf(await change(maker, "team.invite", { role: "owner" }));
    await end(maker);
    const stranger = { name: "Eve", email: "eve@example.com", password: "correct horse battery" };
    expect((await post("sign-up/email", { ...stranger, invitation })).status).toBe(409);
    expect((await trpc("query", "team.invitations", undefined, asked(owner))).data).toEqual([]);
  });
});

test("an API key belongs to the customer, and outlives the membership of who made it", async () => {
  const maker = await join("maker@example.com", "owner");
  const made = await trpc<{ key: string }>("mutation", "apiKeys.create", { name: "CI" }, asked(maker));
  await remove(maker);
  expect((await rest("GET", "/webhooks", { key: made.data?.key ?? "" })).status).toBe(200);
});

describe("when a customer is deleted", () => {
  const deleteCustomer = async () => {
    const session = await trpc<{ customer: { id: string } }>("query", "session.get", undefined, asked(owner));
    const path = `/customers/${session.data?.customer.id}`;
    expect((await rest("DELETE", path)).status).toBe(204);
  };

  test("its people can sign up anew with their addresses, and their sessions and links are over", async () => {
    const member = await join("member@example.com", "member");
    const link = await resetLinkFor(member);
    await deleteCustomer();
    expect(await userId(owner)).toBe("");
    expect(await userId(member)).toBe("");
    expect(await reset(link)).toBe(409);
    const again = { name: "Ada", email: "owner@example.com", password: "battery staple" };
    expect((await post("sign-up/email", again)).status).toBe(200);
    expect((await post("sign-in/email", { ...again, email: "member@example.com" })).status).toBe(401);
  });

  test("who was removed from it before and belongs to another one stays", async () => {
    const member = await join("member@example.com", "member");
    await remove(member);
    const elsewhere = await api.signUp("elsewhere@example.com");
    const invitation = tokenOf(await change(elsewhere, "team.invite", { role: "member" }));
    await post("accept-invitation", { invitation }, member);
    await deleteCustomer();
    expect(await userId(member)).not.toBe("");
  });
});

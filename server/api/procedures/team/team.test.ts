import { afterEach, beforeEach, expect, test } from "vitest";
import { type Api, openApi, publicUrl, trpc } from "../../api.fixture";

type Member = { user_id: string; email: string; role: string };

let api: Api;
let owner: string;
beforeEach(async () => {
  api = await openApi();
  owner = await api.signUp("owner@example.com");
});
afterEach(() => api.close());

const as = (cookie: string) => ({ key: null, headers: { cookie, origin: publicUrl } });
const change = <Data>(name: string, input: object, cookie = owner) =>
  trpc<Data>("mutation", name, input, as(cookie));
const team = async () => (await trpc<Member[]>("query", "team.list", undefined, as(owner))).data ?? [];

test("an owner invites, changes and removes members, but never the last owner", async () => {
  const invited = await change<{ id: string; url: string }>("team.invite", { role: "viewer" });
  expect(invited.data).toMatchObject({ role: "viewer", url: expect.stringContaining(publicUrl) });
  expect((await trpc("query", "team.invitations", undefined, as(owner))).data).toMatchObject([
    { id: invited.data?.id },
  ]);
  await api.signUp("viewer@example.com", invited.data?.url);
  const [first, second] = await team();
  expect([first, second]).toMatchObject([
    { email: "owner@example.com", role: "owner" },
    { email: "viewer@example.com", role: "viewer" },
  ]);
  expect((await change("team.setRole", { user_id: second?.user_id, role: "member" })).status).toBe(200);
  expect((await change("team.setRole", { user_id: first?.user_id, role: "member" })).status).toBe(409);
  expect((await change("team.remove", { user_id: first?.user_id })).status).toBe(409);
  expect((await change("team.remove", { user_id: second?.user_id })).status).toBe(200);
  expect(await team()).toHaveLength(1);
});

test("an invitation that is revoked is gone", async () => {
  const { data } = await change<{ id: string }>("team.invite", { role: "owner" });
  expect((await change("team.revokeInvitation", { invitation_id: data?.id })).status).toBe(200);
  expect((await change("team.revokeInvitation", { invitation_id: data?.id })).status).toBe(404);
  expect((await trpc("query", "team.invitations", undefined, as(owner))).data).toEqual([]);
});

test("an owner's own keys need no customer in the call", async () => {
  const made = await change<{ id: string; key: string }>("apiKeys.create", { name: "CI" });
  expect(made.data).toMatchObject({ name: "CI", key: expect.stringMatching(/^fk_/) });
  expect((await trpc("query", "apiKeys.list", undefined, as(owner))).data).toMatchObject([
    { id: made.data?.id },
  ]);
  expect((await change("apiKeys.revoke", { key_id: made.data?.id })).status).toBe(200);
  expect((await trpc("query", "webhooks.list", undefined, { key: made.data?.key ?? "" })).status).toBe(401);
});

test("a session says who is signed in, for whom, and how", async () => {
  const { data } = await trpc<{ customer: { id: string } }>("query", "session.get", undefined, as(owner));
  expect(data).toMatchObject({ role: "owner", is_portal: false, user: { email: "owner@example.com" } });
  const portal = as(await api.openPortal(data?.customer.id ?? ""));
  const visitor = await trpc("query", "session.get", undefined, portal);
  expect(visitor.data).toMatchObject({
    customer: data?.customer,
    role: "member",
    is_portal: true,
    user: null,
  });
});

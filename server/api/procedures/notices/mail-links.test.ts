import { afterEach, beforeEach, expect, test } from "vitest";
import { handleConfirmAddress, handleOneClick, handleUnsubscribe } from "@/server/auth/handle-mail-link";
import { unsubscribePath } from "@/server/auth/mail-links";
import { createAddressPath } from "@/server/auth/notices";
import { type Api, openApi, publicUrl, trpc } from "../../api.fixture";

let api: Api;
let person: { id: string; name: string; email: string };
beforeEach(async () => {
  api = await openApi();
  const cookie = await api.signUp("ada@example.com");
  const asked = { key: null, headers: { cookie, origin: publicUrl } };
  const session = await trpc<{ user: typeof person }>("query", "session.get", undefined, asked);
  person = session.data?.user as typeof person;
});
afterEach(() => api.close());

const post = (headers: Record<string, string> = {}) =>
  new Request(`${publicUrl}/a-page`, { method: "POST", headers });
const fromOurPage = { origin: publicUrl, "sec-fetch-site": "same-origin" };
const tokenOf = (path: string) => path.split("/").at(-1) ?? "";
const choice = () => api.store.findNoticeChoice(person.id);

test("the button of our page proves an address, and leads to the settings", async () => {
  const token = tokenOf(createAddressPath(api.runtime.auth, person));
  const answer = await handleConfirmAddress(post(fromOurPage), token);
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/dashboard/settings"]);
  expect((await choice())?.address).toBe("ada@example.com");
});

test("a page of another site proves nothing", async () => {
  const token = tokenOf(createAddressPath(api.runtime.auth, person));
  const answer = await handleConfirmAddress(post({ origin: "https://evil.example" }), token);
  expect(answer.headers.get("location")).toBe(`/confirm-address/${token}`);
  expect((await choice())?.address).toBeNull();
});

test("a mail program ends mails with one click, and is not led anywhere else", async () => {
  await api.store.chooseNotices({ userId: person.id, kinds: ["failing"] }, { ...by, id: person.id });
  const token = tokenOf(unsubscribePath(api.runtime.env, person.id));
  expect((await handleOneClick(post(), "forged.token")).status).toBe(404);
  expect((await choice())?.kinds).toEqual(["failing"]);
  expect((await handleOneClick(post(), token)).status).toBe(200);
  expect((await choice())?.kinds).toEqual([]);
  expect((await handleUnsubscribe(post(), token)).headers.get("location")).toBe(`/unsubscribe/${token}`);
});

const by = { kind: "member", name: "Ada", email: "ada@example.com", address: null, userAgent: null } as const;

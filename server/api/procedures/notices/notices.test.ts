import { afterEach, beforeEach, expect, test } from "vitest";
import { unsubscribePath } from "@/server/auth/mail-links";
import { confirmAddress, getsMails, unsubscribe } from "@/server/auth/notices";
import { type Api, openApi, publicUrl, trpc } from "../../api.fixture";

type Choice = { is_mailed: boolean; address: string; is_confirmed: boolean; kinds: string[] };

let api: Api;
let cookie: string;
let mails: { to: string; subject: string; text: string }[];
let isRefused: boolean;
beforeEach(async () => {
  api = await openApi();
  cookie = await api.signUp("ada@example.com");
  mails = [];
  isRefused = false;
  api.runtime.mailer = {
    async send(mail) {
      if (isRefused) throw new Error("421 Try again later");
      mails.push(mail);
    },
    close: () => {},
  };
});
afterEach(() => api.close());

const asked = () => ({ key: null, headers: { cookie, origin: publicUrl } });
const get = async () => (await trpc<Choice>("query", "notices.get", undefined, asked())).data;
const choose = (kinds: string[]) => trpc<Choice>("mutation", "notices.choose", { kinds }, asked());
const ask = () => trpc("mutation", "notices.sendConfirmation", undefined, asked());
const tokenOf = (mail: { text: string } | undefined) =>
  /confirm-address\/([\w.-]+)/.exec(mail?.text ?? "")?.[1] ?? "";

test("nobody is told anything unless they choose it, and prove that the address is theirs", async () => {
  expect(await get()).toEqual({
    is_mailed: true,
    address: "ada@example.com",
    is_confirmed: false,
    kinds: [],
  });
  await choose(["disabled", "failing"]);
  expect(await get()).toMatchObject({ kinds: ["failing", "disabled"], is_confirmed: false });
  expect((await ask()).status).toBe(200);
  expect(mails[0]).toMatchObject({ to: "ada@example.com", subject: "Confirm your address" });
  expect(mails[0]?.text).toContain(`${publicUrl}/confirm-address/`);
  expect(await confirmAddress(api.runtime.auth, `${tokenOf(mails[0])}x`)).toBe(false);
  expect(await confirmAddress(api.runtime.auth, tokenOf(mails[0]))).toBe(true);
  expect(await get()).toMatchObject({ is_confirmed: true, kinds: ["failing", "disabled"] });
});

test("a link that proves an address is over after a day", async () => {
  await ask();
  api.clock.now += 24 * 60 * 60 * 1000;
  expect(await confirmAddress(api.runtime.auth, tokenOf(mails[0]))).toBe(false);
});

test("a person is sent few mails that they ask for, and told when one could not be sent", async () => {
  isRefused = true;
  expect((await ask()).status).toBe(503);
  isRefused = false;
  for (let time = 1; time < 5; time += 1) expect((await ask()).status).toBe(200);
  expect((await ask()).status).toBe(429);
  api.clock.now += 60 * 60 * 1000;
  expect((await ask()).status).toBe(200);
});

test("an invitation goes to the address that an owner wrote, and a link for a password to its person", async () => {
  type Sent = { url: string; sent_to: string | null };
  const make = async (name: string, input: object) =>
    (await trpc<Sent>("mutation", name, input, asked())).data;
  const invited = await make("team.invite", { role: "viewer", email: "bob@example.com" });
  expect(invited?.sent_to).toBe("bob@example.com");
  expect(mails[0]).toMatchObject({ to: "bob@example.com", subject: "Join Ada" });
  expect(mails[0]?.text).toContain(invited?.url);
  const { data } = await trpc<{ user: { id: string } }>("query", "session.get", undefined, asked());
  const reset = await make("team.createResetLink", { user_id: data?.user.id });
  expect(mails[1]).toMatchObject({ to: "ada@example.com", subject: "Set a new password" });
  expect(mails[1]?.text).toContain(reset?.url);
  expect((await make("team.invite", { role: "viewer" }))?.sent_to).toBeNull();
  isRefused = true;
  const shown = await make("team.invite", { role: "viewer", email: "eve@example.com" });
  expect(shown).toMatchObject({ sent_to: null, url: expect.stringContaining(publicUrl) });
  expect(mails).toHaveLength(2);
});

test("without a mail server nothing is sent, which the settings say", async () => {
  api.runtime.mailer = null;
  expect(await get()).toMatchObject({ is_mailed: false });
  expect((await ask()).status).toBe(409);
});

test("a link in a mail ends them without signing in, and is told as its person's", async () => {
  await choose(["failing"]);
  const { data } = await trpc<{ user: { id: string } }>("query", "session.get", undefined, asked());
  const { auth } = api.runtime;
  const token =
    unsubscribePath(auth.env, data?.user.id ?? "")
      .split("/")
      .at(-1) ?? "";
  expect(await getsMails(auth, token)).toBe(true);
  expect(await unsubscribe(auth, "forged.token", new Headers())).toBe(false);
  expect(await unsubscribe(auth, token, new Headers())).toBe(true);
  expect(await getsMails(auth, token)).toBe(false);
  expect((await get())?.kinds).toEqual([]);
  const log = await trpc<{ items: object[] }>("query", "audit.list", {}, asked());
  expect(log.data?.items[0]).toMatchObject({
    action: "member.notices_chosen",
    changes: [{ field: "mail", from: ["failing"], to: [] }],
    by: { kind: "member", email: "ada@example.com" },
  });
});

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ann } from "@/db/actor.kit";
import { openAuth } from "./auth.fixture";
import { createMemberResetLink, createResetLink, isResetLinkOpen } from "./reset-link";

let fixture: Awaited<ReturnType<typeof openAuth>>;
const ada = { name: "Ada", email: "ada@example.com", password: "correct horse", company: "Northwind Bank" };
const newPassword = "another horse";

beforeEach(async () => {
  fixture = await openAuth();
  await fixture.browser().post("/sign-up/email", ada);
});
afterEach(() => fixture.store.close());

const resetToken = async () =>
  (await createResetLink(fixture.auth, "ADA@example.com"))?.split("/").at(-1) ?? "";
const signIn = (password: string) => fixture.browser().post("/sign-in/email", { email: ada.email, password });

describe("changing the password", () => {
  test("needs the current one, and ends the other sessions", async () => {
    const browser = fixture.browser();
    const other = fixture.browser();
    await browser.post("/sign-in/email", ada);
    await other.post("/sign-in/email", ada);
    const wrong = await browser.post("/change-password", { currentPassword: "wrong horse", newPassword });
    expect(wrong.status).toBe(400);
    expect(wrong.body.errors).toMatchObject([{ path: ["currentPassword"] }]);

    const changed = await browser.post("/change-password", { currentPassword: ada.password, newPassword });
    expect(changed.status).toBe(200);
    expect((await browser.get("/get-session")).body.user.email).toBe(ada.email);
    expect((await other.get("/get-session")).body).toBeNull();
    expect((await signIn(ada.password)).status).toBe(401);
    expect((await signIn(newPassword)).status).toBe(200);
  });

  test("cannot be used to guess the current one", async () => {
    const browser = fixture.browser();
    await browser.post("/sign-in/email", ada);
    const attempt = () => browser.post("/change-password", { currentPassword: "wrong horse", newPassword });
    for (let nth = 0; nth < 10; nth++) expect((await attempt()).status).toBe(400);
    expect((await attempt()).status).toBe(429);
  });

  test("is for people who are signed in", async () => {
    const body = { currentPassword: ada.password, newPassword };
    expect((await fixture.browser().post("/change-password", body)).status).toBe(401);
  });
});

describe("a reset link", () => {
  test("sets a new password once, and ends all sessions", async () => {
    const browser = fixture.browser();
    await browser.post("/sign-in/email", ada);
    const token = await resetToken();
    expect(await isResetLinkOpen(fixture.auth, token)).toBe(true);
    expect((await fixture.browser().post("/reset-password", { token, newPassword })).status).toBe(200);
    expect((await browser.get("/get-session")).body).toBeNull();
    expect((await signIn(newPassword)).status).toBe(200);
    expect(await isResetLinkOpen(fixture.auth, token)).toBe(false);
    const again = await fixture.browser().post("/reset-password", { token, newPassword: "third horse" });
    expect({ status: again.status, code: again.body.code }).toEqual({ status: 409, code: "link_over" });
  });

  test("that is used twice at once sets one of the passwords", async () => {
    const token = await resetToken();
    const reset = (password: string) =>
      fixture.browser().post("/reset-password", { token, newPassword: password });
    const answers = await Promise.all([reset("first horse"), reset("second horse")]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const winner = answers[0].status === 200 ? "first horse" : "second horse";
    expect((await signIn(winner)).status).toBe(200);
  });

  test("is not used up by a password that is too short", async () => {
    const token = await resetToken();
    expect((await fixture.browser().post("/reset-password", { token, newPassword: "short" })).status).toBe(
      400,
    );
    expect(await isResetLinkOpen(fixture.auth, token)).toBe(true);
  });

  test("ends with the next one", async () => {
    const first = await resetToken();
    const second = await resetToken();
    expect(await isResetLinkOpen(fixture.auth, first)).toBe(false);
    expect(await isResetLinkOpen(fixture.auth, second)).toBe(true);
  });

  test("is made for known addresses only, and by an owner for members only", async () => {
    expect(await createResetLink(fixture.auth, "nobody@example.com")).toBeNull();
    const { body } = await signIn(ada.password);
    const link = await createMemberResetLink(fixture.auth, body.user.id, { ...ann, id: body.user.id });
    expect(link).toMatch(/^\/reset\/[\w-]{43}$/);
    const other = { ...ada, email: "eve@example.com" };
    const stranger = (await fixture.browser().post("/sign-up/email", other)).body.user.id;
    expect(await createMemberResetLink(fixture.auth, stranger, { ...ann, id: body.user.id })).toBeNull();
  });
});

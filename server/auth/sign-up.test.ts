import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ann } from "@/db/actor.kit";
import { openAuth } from "./auth.fixture";
import { networkOf } from "./network";
import { createInvitationLink } from "./team";

let fixture: Awaited<ReturnType<typeof openAuth>>;
beforeEach(async () => {
  fixture = await openAuth();
});
afterEach(() => fixture.store.close());

const ada = { name: "Ada", email: "Ada@Example.com", password: "correct horse", company: "Northwind Bank" };
const bob = { name: "Bob", email: "bob@example.com", password: "battery staple" };

async function invite(role: "owner" | "member" | "viewer" = "member") {
  const { body } = await fixture.browser().post("/sign-up/email", ada);
  const customerId = (await fixture.store.findMember(body.user.id))?.customerId ?? "";
  const link = await createInvitationLink(fixture.auth, role, { ...ann, id: body.user.id });
  return { owner: body.user.id, customerId, invitation: link?.path.split("/").at(-1) ?? "" };
}

describe("sign-up", () => {
  test("makes an account, a customer that the person owns, and a session", async () => {
    const browser = fixture.browser();
    const { status, body } = await browser.post("/sign-up/email", ada);
    expect(status).toBe(200);
    expect(body).toEqual({ user: { id: expect.any(String), name: "Ada", email: "ada@example.com" } });
    const member = await fixture.store.findMember(body.user.id);
    expect(member?.role).toBe("owner");
    expect((await fixture.store.findCustomer(member?.customerId ?? ""))?.name).toBe("Northwind Bank");
    expect((await browser.get("/get-session")).body).toEqual(body);
  });

  test("its cookie is for this site only, out of reach of scripts, and for HTTPS when that is used", async () => {
    const { headers } = await fixture.browser().post("/sign-up/email", ada);
    const cookie = headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/^__Secure-fanfare\.session_token=/);
    for (const attribute of ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"])
      expect(cookie).toContain(attribute);
  });

  test("over plain HTTP the cookie works without Secure", async () => {
    const plain = await openAuth({ publicUrl: "http://127.0.0.1:3000" });
    const { headers } = await plain.browser().post("/sign-up/email", ada);
    expect(headers.get("set-cookie")).toMatch(/^fanfare\.session_token=/);
    expect(headers.get("set-cookie")).not.toContain("Secure");
    await plain.store.close();
  });

  test("a network makes 100 accounts an hour; another is not touched", async () => {
    const join = (n: number, client?: string) =>
      fixture.browser(client).post("/sign-up/email", { ...bob, email: `bob-${n}@example.com` });
    const network = networkOf(fixture.browser().headers());
    for (let made = 0; made < 99; made += 1) fixture.auth.signUps.take(network);
    expect((await join(1)).status).toBe(200);
    const refused = await join(2);
    expect(refused).toMatchObject({ status: 429, body: { code: "too_many_requests" } });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(3_000);
    expect((await join(2, "192.0.2.77")).status).toBe(200);
    fixture.turnClock(3_600_000);
    expect(fixture.auth.signUps.take(network)).toBe(0);
  });

  test("lists every bad field", async () => {
    const { status, body } = await fixture.browser().post("/sign-up/email", {
      name: "  ",
      email: "ada",
      password: "short",
      company: "",
    });
    expect(status).toBe(400);
    const fields = body.errors.map((error: { path: string[] }) => error.path.join("."));
    expect(fields.sort()).toEqual(["company", "email", "name", "password"]);
  });

  test("an address can have one account only, also when two ask at once", async () => {
    const send = () => fixture.browser().post("/sign-up/email", ada);
    const statuses = (await Promise.all([send(), send()])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 409]);
    const { body } = await fixture.browser().post("/sign-up/email", { ...ada, email: "ADA@example.com" });
    expect(body).toMatchObject({ code: "email_taken", errors: [{ path: ["email"] }] });
    expect((await fixture.store.listCustomers({ pageSize: 10 })).items).toHaveLength(1);
  });

  test("a customer that could not be founded is founded at the next sign-in", async () => {
    const { createCustomerWithOwner } = fixture.store;
    fixture.store.createCustomerWithOwner = async () => {
      throw new Error("The disk is full.");
    };
    expect((await fixture.browser().post("/sign-up/email", ada)).status).toBe(500);
    fixture.store.createCustomerWithOwner = createCustomerWithOwner;
    const { body } = await fixture.browser().post("/sign-in/email", ada);
    expect(await fixture.store.findMember(body.user.id)).toMatchObject({ role: "owner" });
  });

  test("an owner who was removed does not found a second customer by signing in", async () => {
    const { customerId, invitation } = await invite("owner");
    const { body } = await fixture.browser().post("/sign-up/email", { ...bob, invitation });
    await fixture.store.removeMember(customerId, body.user.id, ann);
    expect((await fixture.browser().post("/sign-in/email", bob)).status).toBe(200);
    expect(await fixture.store.findMember(body.user.id)).toBeNull();
  });

  test("an account that a crash left without a password does not block its address", async () => {
    const { internalAdapter } = await (await fixture.auth.accounts()).$context;
    await internalAdapter.createUser(
      { email: "ada@example.com", name: "Ada", emailVerified: false },
      { method: "email-password" },
    );
    expect((await fixture.browser().post("/sign-up/email", ada)).status).toBe(409);
    fixture.turnClock(120_000);
    expect((await fixture.browser().post("/sign-up/email", ada)).status).toBe(200);
  });
});

describe("with SIGN_UP=closed", () => {
  test("nobody signs up", async () => {
    await fixture.store.close();
    fixture = await openAuth({ signUp: "closed" });
    const { status, body } = await fixture.browser().post("/sign-up/email", ada);
    expect({ status, code: body.code }).toEqual({ status: 403, code: "forbidden" });
  });

  test("an invitation still lets somebody in", async () => {
    const { invitation } = await invite();
    fixture.auth.env.signUp = "closed";
    expect((await fixture.browser().post("/sign-up/email", { ...bob, invitation })).status).toBe(200);
  });
});

describe("an invitation", () => {
  test("makes a new account a member with its role", async () => {
    const { customerId, invitation } = await invite("viewer");
    const { body } = await fixture.browser().post("/sign-up/email", { ...bob, invitation });
    expect(await fixture.store.findMember(body.user.id)).toMatchObject({ customerId, role: "viewer" });
    expect((await fixture.store.listCustomers({ pageSize: 10 })).items).toHaveLength(1);
  });

  test("works once: of two people at once one joins, and the other gets no account", async () => {
    const { customerId, invitation } = await invite();
    const join = (email: string) => fixture.browser().post("/sign-up/email", { ...bob, email, invitation });
    const answers = await Promise.all([join("bob@example.com"), join("eve@example.com")]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await fixture.store.listMembers(customerId)).toHaveLength(2);
    const loser = answers[0].status === 409 ? "bob@example.com" : "eve@example.com";
    const again = await fixture.browser().post("/sign-in/email", { ...bob, email: loser });
    expect(again.status).toBe(401);
  });

  test("that is unknown makes no account", async () => {
    const { status, body } = await fixture
      .browser()
      .post("/sign-up/email", { ...bob, invitation: "nonsense" });
    expect({ status, code: body.code }).toEqual({ status: 409, code: "invitation_over" });
    expect((await fixture.browser().post("/sign-in/email", bob)).status).toBe(401);
  });

  test("is accepted by an account that belongs nowhere, not by one that belongs somewhere", async () => {
    const { owner, customerId, invitation } = await invite();
    const somewhere = fixture.browser();
    await somewhere.post("/sign-up/email", { ...bob, company: "Elsewhere" });
    expect((await somewhere.post("/accept-invitation", { invitation })).status).toBe(409);

    const nowhere = fixture.browser();
    const first = await createInvitationLink(fixture.auth, "member", { ...ann, id: owner });
    const eve = { ...bob, email: "eve@example.com", invitation: first?.path.split("/").at(-1) };
    const { body } = await nowhere.post("/sign-up/email", eve);
    await fixture.store.removeMember(customerId, body.user.id, ann);
    expect((await nowhere.post("/accept-invitation", { invitation })).status).toBe(200);
    expect(await fixture.store.findMember(body.user.id)).toMatchObject({ customerId });
  });

  test("is not for people who are signed out", async () => {
    const { invitation } = await invite();
    expect((await fixture.browser().post("/accept-invitation", { invitation })).status).toBe(401);
  });
});

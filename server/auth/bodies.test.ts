import { afterEach, beforeEach, expect, test } from "vitest";
import { openAuth } from "./auth.fixture";
import { strangersShare } from "./body-shares";
import { answerAuth } from "./handle";

let fixture: Awaited<ReturnType<typeof openAuth>>;
beforeEach(async () => {
  fixture = await openAuth();
});
afterEach(() => fixture.store.close());

const wrong = { email: "ada@example.com", password: "wrong horse" };

test("nobody is read further than a form goes, whether the length is told or not", async () => {
  const long = { ...wrong, password: "x".repeat(16 * 1024) };
  const told = await fixture.browser().post("/sign-in/email", long);
  expect([told.status, told.body.code]).toEqual([413, "too_large"]);

  let pulled = 0;
  const body = new ReadableStream(
    {
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(8 * 1024));
      },
    },
    { highWaterMark: 0 },
  );
  const init = { method: "POST", body, duplex: "half" } as RequestInit;
  const answer = await answerAuth(
    fixture.auth,
    new Request("https://hooks.example/api/auth/sign-in/email", init),
  );
  expect([answer.status, pulled]).toEqual([413, 3]);
});

test("a network that holds too much has to wait, and no other", async () => {
  const headers = new Headers({ "x-fanfare-client": "192.0.2.1" });
  const held = strangersShare(fixture.auth.bodies, headers);
  while (held.take(1024));
  const busy = await fixture
    .browser("192.0.2.1")
    .post("/sign-in/email", { ...wrong, more: "x".repeat(1024) });
  expect([busy.status, busy.headers.get("retry-after")]).toEqual([503, "2"]);
  expect((await fixture.browser("192.0.2.2").post("/sign-in/email", wrong)).status).toBe(401);
  held.release();
  expect((await fixture.browser("192.0.2.1").post("/sign-in/email", wrong)).status).toBe(401);
});

test("a body that is not JSON is told where", async () => {
  const init = { method: "POST", body: '{"email":1,}', headers: { "content-type": "application/json" } };
  const answer = await answerAuth(
    fixture.auth,
    new Request("https://hooks.example/api/auth/sign-in/email", init),
  );
  expect(await answer.json()).toMatchObject({
    errors: [{ message: "Not valid JSON at character 11: expected a key in double quotes." }],
  });
});

test("what is missing is told field by field, also when there is no body at all", async () => {
  const init = { method: "POST" };
  const answer = await answerAuth(
    fixture.auth,
    new Request("https://hooks.example/api/auth/sign-in/email", init),
  );
  expect([answer.status, await answer.json()]).toEqual([
    400,
    {
      error: "email: Write your email address. (and 1 more)",
      code: "bad_input",
      errors: [
        { path: ["email"], message: "Write your email address.", code: "invalid_type" },
        { path: ["password"], message: "Write your password.", code: "invalid_type" },
      ],
    },
  ]);
});

test("a body in another encoding is refused, as everywhere", async () => {
  const headers = { "content-type": "application/json; charset=utf-16" };
  expect((await fixture.browser().post("/sign-in/email", wrong, headers)).status).toBe(415);
});

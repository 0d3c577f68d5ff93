import { createHmac } from "node:crypto";
import { Webhook as StandardWebhook } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import { createSelfSigned } from "@/testing/certificates";
import { type ReceivedRequest, standardHeaders, startReceiver } from "@/testing/receiver";
import { secret, setScene } from "@/testing/scene";

const newSecret = `whsec_${Buffer.from("fedcba9876543210fedcba9876543210").toString("base64")}`;

const { receiver, ask, register, publish, ended } = setScene();

describe("a webhook", () => {
  test("is limited to 10, also when 15 calls come at once", async () => {
    const body = { webhook_url: receiver.url };
    const answers = await Promise.all(Array.from({ length: 15 }, () => ask("POST", "/webhooks", body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([
      ...Array(10).fill(201),
      ...Array(5).fill(409),
    ]);
  });

  test("signs with both secrets during a rotation", async () => {
    const webhook = await register({ secret });
    const rotated = await ask("POST", `/webhooks/${webhook.id}/rotate-secret`, { secret: newSecret });
    expect(rotated.status).toBe(204);
    await publish();
    const [request] = (await receiver.waitFor(1)) as [ReceivedRequest];
    for (const each of [secret, newSecret]) {
      new StandardWebhook(each).verify(request.body.toString(), standardHeaders(request));
    }
    const hmac = (key: string) => `sha256=${createHmac("sha256", key).update(request.body).digest("hex")}`;
    expect(request.headers["x-signature"]).toBe(hmac(secret));
    expect(request.headers["x-signature-next"]).toBe(hmac(newSecret));
  });

  test("that answers 410 is switched off with a reason, until it is switched on", async () => {
    const webhook = await register();
    receiver.answerNext({ status: 410 });
    await publish();
    expect(await ended(webhook.id, "failed")).toMatchObject({ error: { code: "gone" } });
    const path = `/webhooks/${webhook.id}`;
    const off = await ask("GET", path);
    expect(off.body).toMatchObject({
      status: "disabled",
      is_active: false,
      disabled_reason: expect.any(String),
    });
    const on = await ask("PATCH", path, { is_active: true });
    expect(on.body).toMatchObject({ is_active: true, disabled_reason: null });
  });

  test("can be tested while it is inactive, and the answer tells what came back", async () => {
    const webhook = await register({ is_active: false, secret });
    receiver.answerNext({ status: 418, headers: { "X-Kettle": "yes" }, body: "short and stout" });
    const tested = await ask("POST", `/webhooks/${webhook.id}/test`, { event_type: "flow_run_failed" });
    expect(tested).toMatchObject({
      status: 200,
      body: {
        status: "failed",
        status_code: 418,
        is_test: true,
        attempt_count: 1,
        next_attempt_at: null,
        response: { body: "short and stout", headers: { "x-kettle": "yes" } },
      },
    });
    expect(receiver.requests[0]?.headers).toMatchObject({ "x-attempt-reason": "test" });
  });

  test("that hangs fails at the deadline, with the class of the phase", async () => {
    const webhook = await register();
    receiver.answerNext("hang");
    const tested = await ask("POST", `/webhooks/${webhook.id}/test`, { event_type: "search_completed" });
    expect(tested.body).toMatchObject({
      status: "failed",
      status_code: null,
      error: { code: "response_timeout" },
      diagnosis: { code: "answer_too_late" },
    });
  });

  test("that a certificate nobody trusts stands before fails with the reason in words", async () => {
    const untrusted = await startReceiver({ tls: await createSelfSigned() });
    const webhook = await register({ webhook_url: untrusted.url });
    const tested = await ask("POST", `/webhooks/${webhook.id}/test`, { event_type: "search_completed" });
    expect(tested.body).toMatchObject({ status: "failed", error: { code: "tls_error" } });
    expect(untrusted.requests).toHaveLength(0);
    await untrusted.close();
  });

  test("may not lead into private networks that are not allowed", async () => {
    for (const url of ["https://10.0.0.1/", "https://169.254.169.254/latest", "https://[::ffff:10.0.0.1]/"]) {
      const refused = await ask("POST", "/webhooks", { webhook_url: url });
      expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: ["webhook_url"] }] } });
    }
  });
});

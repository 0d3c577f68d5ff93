import { expect, test } from "vitest";
import { sentHeaders } from "@/domain/delivery/sent-headers";
import { signatureHeaders } from "@/domain/webhook/signature";
import { signedHeaders } from "./post.mjs";

const delivery = { body: '{"id":"event-1"}', secret: "a secret", timestampSeconds: 1_773_591_644 };

test("who is compared with the product signs as it does, and sends as many headers", () => {
  const made = signedHeaders({ id: "event-1", ...delivery });
  const signable = { ...delivery, eventId: "event-1", previousSecret: null, leads: "current" } as const;
  const signatures = signatureHeaders(signable);
  expect(made).toMatchObject(signatures);
  const headers = sentHeaders({
    webhookId: "",
    eventId: "",
    customerId: "",
    eventType: "search_completed",
    number: 1,
    reason: "scheduled",
    sentBy: "1",
    signedAt: 0,
  });
  expect(Object.keys(made).sort()).toEqual(Object.keys({ ...headers, ...signatures }).sort());
});

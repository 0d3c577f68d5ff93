import { sequencesOf } from "../connection/sequences";
import { shared } from "../connection/shared";
import { deliveries, type webhooks } from "../schema/tables";
import { eventWriter } from "./event-writer";

/** What a test sends; with a URL it goes there instead of to the webhook's. */
type Test = { eventId: string; type: string; payload: string; url?: string };

/** Writes a delivery that is sent once, whatever holds its webhook. Only inside `write`. */
export const testWriter = shared((connection) => {
  const { db, clock } = connection;
  const sequences = sequencesOf(connection);
  const insert = eventWriter(connection);

  return (webhook: Pick<typeof webhooks.$inferSelect, "key" | "customerKey">, test: Test): void => {
    const { eventId, type, payload, url } = test;
    const now = clock();
    const { customerKey } = webhook;
    const eventKey = insert.event({
      id: eventId,
      customerKey,
      type,
      payload,
      contentHash: "",
      isTest: true,
      deliveries: 1,
      skipped: [],
      createdAt: now,
    });
    db.insert(deliveries)
      .values({
        eventKey,
        webhookKey: webhook.key,
        customerKey,
        eventType: type,
        isTest: true,
        status: "pending",
        dueAt: now,
        nextReason: "test",
        triedUrl: url ?? null,
        createdAt: now,
        pendingSince: now,
        change: sequences.take("change", 1),
      })
      .run();
  };
});

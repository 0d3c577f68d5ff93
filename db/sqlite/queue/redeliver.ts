import { inArray, sql } from "drizzle-orm";
import { redelivered } from "@/domain/audit/recovery";
import { webhookAudited } from "@/domain/audit/webhook";
import { moved } from "@/domain/delivery/balance";
import { redeliver as decideRedelivery } from "@/domain/delivery/redelivery";
import { chosenRecovery, toRecovery } from "../../rows/recovery";
import type { DeliveryStore, RecoveryStore, Redelivered } from "../../store";
import { auditWriter } from "../access/audit-log";
import { customerFinder } from "../access/customer-finder";
import type { Connection } from "../connection/connection";
import { deliveryFinder } from "../read/find-delivery";
import { deliveries, recoveries } from "../schema/tables";
import { queueRows } from "./queue-row";
import { redelivery } from "./redelivery";

type Verbs = Pick<DeliveryStore, "redeliver"> & Pick<RecoveryStore, "redeliverMany">;

export function redeliverVerbs(connection: Connection): Verbs {
  const { db, write, clock } = connection;
  const audit = auditWriter(connection);
  const queue = queueRows(connection);
  const again = redelivery(connection);
  const findCustomer = customerFinder(connection);
  const findDelivery = deliveryFinder(connection);

  return {
    redeliver: (customerId, webhookId, eventId, by) =>
      write(() => {
        const { answer, row } = redeliver(customerId, { webhookId, eventId });
        if (answer === "due") {
          const told = webhookAudited("webhook.redelivered", row.webhook, { event_id: eventId });
          audit(row.delivery.customerKey, told, by);
        }
        return answer;
      }),

    redeliverMany: (customerId, id, chosen, by) =>
      write(() => {
        const customerKey = findCustomer(customerId);
        if (customerKey === undefined) return null;
        const made = chosen.map((each) => redeliver(customerId, each));
        const due = made.flatMap(({ answer, row }) => (answer === "due" ? [row] : []));
        if (due.length > 0) {
          const told = redelivered(
            id,
            due.map(({ eventId }) => eventId),
          );
          audit(customerKey, told, by);
        }
        const keys = due.map(({ delivery }) => delivery.key);
        return {
          recovery: due.length > 0 ? remember(id, customerKey, keys) : null,
          answers: made.map(({ answer }) => answer),
        };
      }),
  };

  function redeliver(customerId: string, { webhookId, eventId }: Redelivered) {
    const row = findDelivery(customerId, webhookId, eventId);
    if (!row) return { answer: "not_found" } as const;
    const { key, isTest, leasedBy, status } = row.delivery;
    const isPending = status === "pending";
    const answer = decideRedelivery({ isTest, isInFlight: leasedBy !== null, isPending }, row.webhook);
    if (answer === "is_test" || answer === "inactive") return { answer };
    if (answer === "ask_again") again.askAgain(key);
    else {
      again.sendAgain(key, isPending, clock());
      queue.refresh(row.webhook.key, isPending ? {} : moved(status, "pending"));
    }
    return { answer: "due", row } as const;
  }

  /** As a recovery that is done, by which it is told what became of them. */
  function remember(id: string, customerKey: number, due: number[]) {
    const count = new Set(due).size;
    const counts = { total: count, done: count, sent: count };
    const begun = chosenRecovery(id, customerKey, clock());
    const row = db
      .insert(recoveries)
      .values({ ...begun, ...counts })
      .returning()
      .get();
    db.update(deliveries)
      .set({ recoveryKey: row.key, attemptsBefore: sql`${deliveries.attempts}` })
      .where(inArray(deliveries.key, due))
      .run();
    return toRecovery(row, null);
  }
}

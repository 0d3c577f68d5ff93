import { and, count, desc, eq, gt, gte, isNull, lt, or } from "drizzle-orm";
import { markAudited } from "@/domain/audit/mark";
import { markLimits } from "@/domain/limits";
import type { MarkStore } from "../../store";
import { auditWriter } from "../access/audit-log";
import { customerFinder } from "../access/customer-finder";
import type { Connection } from "../connection/connection";
import { marks, webhooks } from "../schema/tables";
import { webhookFinder } from "./webhook-finder";

const dayMs = 24 * 60 * 60 * 1000;

export function markVerbs(connection: Connection): MarkStore {
  const { db, write, clock } = connection;
  const findCustomer = customerFinder(connection);
  const findWebhook = webhookFinder(connection);
  const audit = auditWriter(connection);

  return {
    createMark: (customerId, { webhookId, ...mark }, by) =>
      write(() => {
        const customerKey = findCustomer(customerId);
        const webhook = webhookId === null ? null : findWebhook(customerId, webhookId);
        if (customerKey === undefined || webhook === undefined) return "not_found";
        const now = clock();
        const isOfToday = and(eq(marks.customerKey, customerKey), gt(marks.createdAt, now - dayMs));
        const today = db.select({ n: count() }).from(marks).where(isOfToday).get()?.n ?? 0;
        if (today >= markLimits.perDay) return "limit_reached";
        const at = mark.at ?? now;
        const webhookKey = webhook?.key ?? null;
        db.insert(marks)
          .values({ ...mark, at, customerKey, webhookKey, createdAt: now })
          .run();
        const made = { ...mark, webhookId, at };
        audit(customerKey, markAudited("mark.posted", made), by);
        return made;
      }),
    listMarks: async (customerId, { webhookId, since, until }) => {
      const customerKey = findCustomer(customerId);
      const webhook = webhookId === undefined ? null : findWebhook(customerId, webhookId);
      if (customerKey === undefined || webhook === undefined) return [];
      const { id, name, url, at } = marks;
      return db
        .select({ id, webhookId: webhooks.id, name, url, at })
        .from(marks)
        .leftJoin(webhooks, eq(webhooks.key, marks.webhookKey))
        .where(
          and(
            eq(marks.customerKey, customerKey),
            gte(at, since),
            lt(at, until),
            isNull(webhooks.deletedAt),
            webhook ? or(isNull(marks.webhookKey), eq(marks.webhookKey, webhook.key)) : undefined,
          ),
        )
        .orderBy(desc(at), desc(marks.key))
        .limit(markLimits.listed)
        .all()
        .toReversed();
    },
    deleteMark: (customerId, markId, by) =>
      write(() => {
        const customerKey = findCustomer(customerId);
        if (customerKey === undefined) return false;
        const isIt = and(eq(marks.customerKey, customerKey), eq(marks.id, markId));
        const { id, name, url, at } = marks;
        const found = db
          .select({ id, webhookId: webhooks.id, name, url, at })
          .from(marks)
          .leftJoin(webhooks, eq(webhooks.key, marks.webhookKey))
          .where(isIt)
          .get();
        if (!found) return false;
        db.delete(marks).where(isIt).run();
        audit(customerKey, markAudited("mark.deleted", found), by);
        return true;
      }),
  };
}

import { and, count, desc, eq, gt, gte, isNull, lt, or } from "drizzle-orm";
import { markAudited } from "@/domain/audit/mark";
import { markLimits } from "@/domain/limits";
import type { MarkStore } from "../../store";
import { audit } from "../access/audit-log";
import { findCustomerKey } from "../access/customer-finder";
import { lockCustomer } from "../access/customers";
import type { Connection } from "../connection/connection";
import { marks, webhooks } from "../schema/tables";
import { findWebhook } from "./webhook-finder";

const dayMs = 24 * 60 * 60 * 1000;

export function markVerbs({ db, write }: Connection): MarkStore {
  return {
    createMark: (customerId, { webhookId, ...mark }, by) =>
      write(async (tx) => {
        const { db, now } = tx;
        // Alone, or two at once might both be the last of the day.
        const customer = await lockCustomer(db, customerId);
        const webhook = webhookId === null ? null : await findWebhook(db, customerId, webhookId);
        if (!customer || webhook === undefined) return "not_found";
        const isOfToday = and(eq(marks.customerKey, customer.key), gt(marks.createdAt, now - dayMs));
        const [today] = await db.select({ n: count() }).from(marks).where(isOfToday);
        if ((today?.n ?? 0) >= markLimits.perDay) return "limit_reached";
        const at = mark.at ?? now;
        const webhookKey = webhook?.key ?? null;
        await db.insert(marks).values({ ...mark, at, customerKey: customer.key, webhookKey, createdAt: now });
        const made = { ...mark, webhookId, at };
        await audit(tx, customer.key, markAudited("mark.posted", made), by);
        return made;
      }),
    listMarks: async (customerId, { webhookId, since, until }) => {
      const customerKey = await findCustomerKey(db, customerId);
      const webhook = webhookId === undefined ? null : await findWebhook(db, customerId, webhookId);
      if (customerKey === undefined || webhook === undefined) return [];
      const { id, name, url, at } = marks;
      const found = await db
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
        .limit(markLimits.listed);
      return found.toReversed();
    },
    deleteMark: (customerId, markId, by) =>
      write(async (tx) => {
        const { db } = tx;
        const customerKey = await findCustomerKey(db, customerId);
        if (customerKey === undefined) return false;
        const isIt = and(eq(marks.customerKey, customerKey), eq(marks.id, markId));
        const { id, webhookKey, name, url, at } = marks;
        const [gone] = await db.delete(marks).where(isIt).returning({ id, webhookKey, name, url, at });
        if (!gone) return false;
        const [webhook] =
          gone.webhookKey === null
            ? []
            : await db.select({ id: webhooks.id }).from(webhooks).where(eq(webhooks.key, gone.webhookKey));
        await audit(
          tx,
          customerKey,
          markAudited("mark.deleted", { ...gone, webhookId: webhook?.id ?? null }),
          by,
        );
        return true;
      }),
  };
}

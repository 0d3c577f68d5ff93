import { setImmediate as turn } from "node:timers/promises";
import { and, asc, desc, eq, gt, isNull, max, sql } from "drizzle-orm";
import { recoveryCancelled, recoveryStarted } from "@/domain/audit/recovery";
import { type Counted, targetCounter } from "../../rows/count-targets";
import { noOutcomes, outcomeOf, shownRecoveries, toRecovery } from "../../rows/recovery";
import type { RecoveryRequest, RecoveryStore } from "../../store";
import { auditWriter } from "../access/audit-log";
import { customerFinder } from "../access/customer-finder";
import type { Connection } from "../connection/connection";
import { sequencesOf } from "../connection/sequences";
import { deliveries, events, recoveries, webhooks } from "../schema/tables";
import { recoveryTargets } from "./recovery-targets";

type Verbs = Omit<RecoveryStore, "redeliverMany">;
type Webhook = typeof webhooks.$inferSelect;

/** Deliveries of which one look tells what became: others get a turn after it. */
const outcomeRows = 5_000;

export function recoveryVerbs(connection: Connection): Verbs {
  const { db, write, clock } = connection;
  const findCustomer = customerFinder(connection);
  const countTargets = targetCounter(recoveryTargets(connection));
  const sequences = sequencesOf(connection);
  const audit = auditWriter(connection);
  const newestEvent = db
    .select({ key: max(events.key) })
    .from(events)
    .prepare();
  const latestOfCustomer = db
    .select({ at: max(events.createdAt) })
    .from(events)
    .where(eq(events.customerKey, sql.placeholder("customerKey")))
    .prepare();
  const selectOutcomes = db
    .select({ key: deliveries.key, outcome: outcomeOf(deliveries) })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.recoveryKey, sql.placeholder("recovery")),
        gt(deliveries.key, sql.placeholder("after")),
      ),
    )
    .orderBy(asc(deliveries.key))
    .limit(outcomeRows)
    .prepare();

  return {
    async startRecovery({ id, customerId, webhookId, ...asked }, by, signal) {
      const found = findCovered(customerId, webhookId);
      if (!found) return "not_found";
      const active = found.webhooks.filter(({ isActive }) => isActive);
      if (active.length === 0) return "inactive";
      const range = rangeOf(found.customerKey, active, asked);
      const counted = await countTargets(countedOf(active, active), range, signal);
      if (counted === "busy") return counted;
      return write(() => {
        const current = findCovered(customerId, webhookId);
        if (!current?.webhooks.some(({ isActive }) => isActive)) return current ? "inactive" : "not_found";
        const [only] = webhookId === null ? [] : active;
        const { count: total, ...more } = counted;
        const begun = { id, webhookKey: only?.key, ...range, since: asked.since, total };
        const row = db
          .insert(recoveries)
          .values({ ...begun, state: "running", createdAt: clock() })
          .returning()
          .get();
        audit(current.customerKey, recoveryStarted(id, only ?? null, asked, total), by);
        return { ...toRecovery(row, webhookId), ...more };
      });
    },

    countRecoverable: async (customerId, webhookId, asked, signal) => {
      const found = findCovered(customerId, webhookId);
      if (!found) return null;
      const targets = webhookId === null ? found.webhooks.filter(({ isActive }) => isActive) : found.webhooks;
      const range = rangeOf(found.customerKey, found.webhooks, asked);
      return countTargets(countedOf(found.webhooks, targets), range, signal);
    },

    getRecovery: async (customerId, recoveryId) => find(customerId, recoveryId)?.recovery ?? null,

    listRecoveries: async (customerId, { webhookId, isRunning }) => {
      const rows = selectOf(
        customerId,
        and(
          webhookId === undefined ? undefined : eq(webhooks.id, webhookId),
          isRunning ? eq(recoveries.state, "running") : undefined,
        ),
      );
      return rows.map(({ recovery }) => recovery);
    },

    cancelRecovery: (customerId, recoveryId, by) =>
      write(() => {
        const found = find(customerId, recoveryId);
        if (!found) return null;
        if (found.recovery.state !== "running") return found.recovery;
        const end = { state: "cancelled", endedAt: clock() } as const;
        db.update(recoveries).set(end).where(eq(recoveries.key, found.key)).run();
        audit(found.customerKey, recoveryCancelled(recoveryId, found.recovery.sent), by);
        return { ...found.recovery, ...end };
      }),

    async countRecovered(customerId, recoveryId) {
      const found = find(customerId, recoveryId);
      if (!found) return null;
      const counts = noOutcomes();
      for (let after = 0; ; await turn()) {
        const rows = selectOutcomes.all({ recovery: found.key, after });
        for (const { outcome } of rows) counts[outcome] += 1;
        const last = rows.at(-1);
        if (!last || rows.length < outcomeRows) return counts;
        after = last.key;
      }
    },
  };

  /** The webhooks that are asked for, of which there may be none; undefined when who or what was named is unknown. */
  function findCovered(customerId: string, webhookId: string | null) {
    const customerKey = findCustomer(customerId);
    if (customerKey === undefined) return undefined;
    const isIt = webhookId === null ? undefined : eq(webhooks.id, webhookId);
    const found = db
      .select()
      .from(webhooks)
      .where(and(eq(webhooks.customerKey, customerKey), isNull(webhooks.deletedAt), isIt))
      .orderBy(asc(webhooks.key))
      .all();
    return webhookId !== null && found.length === 0 ? undefined : { customerKey, webhooks: found };
  }

  /** The range is closed when it is asked for: what comes or ends later is not part of this recovery. */
  function rangeOf(customerKey: number, covered: Webhook[], asked: RecoveryRequest) {
    const latestAt = latestOfCustomer.get({ customerKey })?.at ?? asked.since;
    return {
      customerKey,
      until: Math.min(asked.until ?? latestAt, latestAt),
      include: asked.include,
      types: asked.types ?? null,
      codeClass: asked.codeClass ?? null,
      statusCode: asked.statusCode ?? null,
      targets: covered.map(({ key, events, conditions }) => ({ key, events, conditions })),
      afterEventAt: asked.since,
      afterEvent: 0,
      lastEvent: newestEvent.get()?.key ?? 0,
      lastChange: sequences.latest("change"),
    };
  }

  function find(customerId: string, recoveryId: string) {
    return selectOf(customerId, eq(recoveries.id, recoveryId))[0];
  }

  /** Those of deleted webhooks are as good as none. */
  function selectOf(customerId: string, which: ReturnType<typeof and>) {
    const customerKey = findCustomer(customerId);
    if (customerKey === undefined) return [];
    const rows = db
      .select({ recovery: recoveries, webhookId: webhooks.id })
      .from(recoveries)
      .leftJoin(webhooks, eq(webhooks.key, recoveries.webhookKey))
      .where(and(eq(recoveries.customerKey, customerKey), isNull(webhooks.deletedAt), which))
      .orderBy(desc(recoveries.key))
      .limit(shownRecoveries)
      .all();
    return rows.map(({ recovery, webhookId }) => ({
      key: recovery.key,
      customerKey,
      recovery: toRecovery(recovery, webhookId),
    }));
  }
}

const countedOf = (covered: Webhook[], targets: Webhook[]): Counted[] =>
  covered.map((webhook) => ({ ...webhook, isTarget: targets.includes(webhook) }));

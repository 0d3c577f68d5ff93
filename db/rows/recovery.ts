import { type Column, type SQL, sql } from "drizzle-orm";
import {
  type RecoverableKind,
  type RecoveryOutcome,
  type RecoveryState,
  type RecoveryTarget,
  recoveryOutcomes,
} from "@/domain/delivery/recovery";
import type { Recovery } from "../store";

/** Recoveries that a list shows. */
export const shownRecoveries = 20;

/** What one covers, from whichever database. */
type Row = Omit<Recovery, "webhookId"> & { targets: RecoveryTarget[] };

export function toRecovery(row: Row, webhookId: string | null): Recovery {
  const { id, since, until, include, types, codeClass, statusCode } = row;
  const { total, done, sent, state, createdAt, endedAt } = row;
  const asked = { id, webhookId, since, until, include, types, codeClass, statusCode };
  return { ...asked, total, done, sent, state, createdAt, endedAt };
}

type Columns = Record<"status" | "attempts" | "attemptsBefore" | "statusCode", Column>;

/** What became of a delivery since a recovery made it due, in words that both databases read alike. */
export const outcomeOf = ({ status, attempts, attemptsBefore, statusCode }: Columns): SQL<RecoveryOutcome> =>
  sql`case when ${status} = 'delivered' then 'delivered' when ${status} = 'cancelled' then 'given_up'
    when ${attempts} > ${attemptsBefore} then case when ${statusCode} is null then 'unanswered' else 'refused_again' end
    when ${status} = 'failed' then 'given_up' else 'waiting' end`;

export const noOutcomes = () =>
  Object.fromEntries(recoveryOutcomes.map((outcome) => [outcome, 0])) as Record<RecoveryOutcome, number>;

/** A recovery of what somebody chose one by one, which has nothing left to look for. */
export const chosenRecovery = (id: string, customerKey: number, now: number) => ({
  id,
  customerKey,
  since: now,
  until: now,
  include: [] as RecoverableKind[],
  targets: [] as RecoveryTarget[],
  afterEventAt: now,
  lastEvent: 0,
  total: 0,
  state: "done" as RecoveryState,
  createdAt: now,
  endedAt: now,
});

import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import type { ReplicaState } from "../../store";
import { StoreError } from "../../store-error";
import { isAway } from "../connection/away";
import { epochMs } from "../connection/connection";
import { onlyOne } from "../connection/rows";
import { whyNot } from "../connection/visit";
import { identityOf, meetReplica, refusalOf } from "./meet";
import { createNeeds } from "./needs";
import { createProgress, type Point } from "./progress";

/** What is read from a replica is no older than this: who looks at a list takes that for now. */
export const staleAfterMs = 5_000;
/** How often a process asks its primary how far it is. */
const lookEveryMs = 1_000;
/** A replica that is well is there after a few questions. */
const nearAsks = 5;
const nearMs = 50;

export type Replica = {
  /**
   * Lets `body` read from the replica what is shown of a customer. Null when the replica is not there, is too far
   * behind, or does not have yet what was noted of the customer.
   */
  read<T>(customerId: string, body: () => Promise<T>): Promise<T | null>;
  /** Who reads of this customer from now on sees all that the primary has now. */
  note(customerId: string): void;
  state(): ReplicaState;
  /** By the primary's clock, when the replica had all that there was: in epoch milliseconds. */
  clock(): number;
  close(): Promise<void>;
};

type Sides = {
  replica: pg.Pool;
  primary: pg.Pool;
  /** In place of the primary's clock, for who turns it. */
  clock?: () => number;
  /** Hears why nothing is read from the replica when that begins, and null when it is. */
  onReplica: (why: string | null) => void;
};

/**
 * Follows a replica, which it has looked at once when this resolves. Throws a StoreError when it can never be used; one
 * that is away is used as soon as it is there.
 */
export async function followReplica({ replica, primary, clock, onReplica }: Sides): Promise<Replica> {
  const progress = createProgress();
  const needs = createNeeds(askPrimary);
  const identity = await identityOf(primary);
  let isMet = false;
  let isClosed = false;
  let trouble: string | null = null;
  let told: string | null | undefined;
  let next: NodeJS.Timeout | undefined;

  const refusal = await look();
  if (refusal) throw refusal;
  lookLater();

  return {
    async read(customerId, body) {
      try {
        return (await has(customerId)) ? await body() : null;
      } catch (error) {
        // The primary tells what was asked wrongly; a replica's troubles are nobody's who asks.
        if (isAway(error)) lose(error);
        return null;
      }
    },
    note: needs.note,
    state: () => ({ isUsed: isUsed(), behindMs: behindMs() }),
    clock: () => progress.reached()?.clock ?? Date.now(),
    async close() {
      isClosed = true;
      clearTimeout(next);
      await replica.end();
    },
  };

  function lookLater(): void {
    if (isClosed) return;
    next = setTimeout(() => void look().then(lookLater), lookEveryMs);
  }

  /** Answers why it can never be used, if that is so. */
  async function look(): Promise<StoreError | null> {
    const point = await askPrimary().catch(() => null);
    const refusal = point && (await lookAtReplica(point));
    needs.prune(performance.now() - staleAfterMs);
    tell();
    return refusal;
  }

  async function lookAtReplica(point: Point): Promise<StoreError | null> {
    try {
      if (!isMet) await meetReplica(replica, identity);
      isMet = true;
      progress.primaryIsAt(point);
      for (let asks = 1; ; asks += 1) {
        await askReplica();
        if (progress.has(point.position) || asks === nearAsks || isClosed) break;
        await pause(nearMs);
      }
      trouble = null;
      return null;
    } catch (error) {
      lose(error);
      return refusalOf(error);
    }
  }

  /** Whatever answers there next is met anew. */
  function lose(error: unknown): void {
    progress.forget();
    isMet = false;
    trouble = error instanceof StoreError ? error.message : whyNot(error);
  }

  function tell(): void {
    const why = isUsed() ? null : (trouble ?? unknown);
    if (why !== told && !isClosed) onReplica(why);
    told = why;
  }

  async function has(customerId: string): Promise<boolean> {
    if (!isUsed()) return false;
    const need = await needs.of(customerId).catch(() => null);
    if (need === null) return false;
    if (need === undefined || progress.has(need.position)) return true;
    await askReplica();
    return progress.has(need.position);
  }

  function isUsed(): boolean {
    const behind = behindMs();
    return behind !== null && behind <= staleAfterMs;
  }

  function behindMs(): number | null {
    const reached = progress.reached();
    return reached && performance.now() - reached.at;
  }

  async function askPrimary(): Promise<Point> {
    const at = performance.now();
    const { rows } = await primary.query<{ position: string; now: string }>(primaryIs);
    const { position, now } = onlyOne(rows);
    return { position: BigInt(position), at, clock: clock?.() ?? Number(now) };
  }

  async function askReplica(): Promise<void> {
    const { rows } = await replica.query<{ position: string | null; isStandby: boolean }>(replicaIs);
    const { position, isStandby } = onlyOne(rows);
    if (!isStandby || position === null) throw new Error("it takes writes, so that it is no standby");
    progress.replicaIsAt(BigInt(position));
  }
}

const unknown = `It is not known to be less than ${staleAfterMs / 1_000} s behind`;

/** What was acknowledged is flushed, and a standby gets nothing before that. */
const primaryIs = `select (pg_current_wal_flush_lsn() - '0/0')::text as position, ${epochMs} as now`;
const replicaIs = `
  select (pg_last_wal_replay_lsn() - '0/0')::text as position, pg_is_in_recovery() as "isStandby"`;

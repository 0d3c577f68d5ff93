import { z } from "zod";
import type { Cursor, Store } from "@/db/store";
import { emptyBalance } from "@/domain/delivery/balance";
import { notFound } from "@/domain/errors";
import { answerLimits } from "@/domain/limits";
import { time, toMs, webhookId } from "../../inputs";
import { readLedger } from "../../ledger/read-ledger";
import { sumOf, Tally } from "../../ledger/tally";
import { readProcedure } from "../../trpc";
import { type Balances, balanceView, toBalanceView } from "../../views/balance";

/**
 * What matched, and what became of it: for ever, or of the events of a range that are still kept. For ever it is what
 * was counted as it happened; of a range, what its rows say now.
 */
export const getBalance = readProcedure
  .input(
    z
      .object({
        since: time.optional(),
        until: time.optional(),
        webhook_id: webhookId.optional(),
      })
      .prefault({}),
  )
  .output(balanceView)
  .query(async ({ ctx, input, signal }) => {
    const { store, clock } = ctx.runtime;
    const { since, until, webhook_id } = input;
    if (since === undefined && until === undefined) {
      const balances = only(await store.getBalance(ctx.customerId), webhook_id);
      return toBalanceView(balances, sumOf(balances), true);
    }
    const range = { since: toMs(since) ?? 0, until: toMs(until) ?? clock() + 1, webhookId: webhook_id };
    const { balances, isComplete } = await count(store, ctx.customerId, range, signal);
    return toBalanceView(balances, sumOf(balances), isComplete);
  });

function only(balances: Balances, webhookId: string | undefined): Balances {
  if (webhookId === undefined) return balances;
  const webhooks = balances.webhooks.filter((each) => each.webhookId === webhookId);
  if (webhooks.length === 0) throw notFound("webhook");
  return { webhooks, former: emptyBalance() };
}

async function count(
  store: Store,
  customerId: string,
  range: { since: number; until: number; webhookId: string | undefined },
  signal: AbortSignal | undefined,
): Promise<{ balances: Balances; isComplete: boolean }> {
  const tally = new Tally();
  const look = (after: Cursor | null) => store.countLedger(customerId, range, after);
  const noun = range.webhookId === undefined ? "customer" : "webhook";
  let looks = 0;
  for await (const { counts, next } of readLedger(look, { noun, signal })) {
    if (looks === maxLooks) {
      const isComplete = counts.length === 0 && next === null;
      return { balances: tally.balances, isComplete };
    }
    tally.add(counts);
    looks += 1;
  }
  return { balances: tally.balances, isComplete: true };
}

const maxLooks = answerLimits.countedEvents / answerLimits.countedAtOnce;

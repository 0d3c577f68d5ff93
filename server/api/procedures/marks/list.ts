import { z } from "zod";
import { notFound } from "@/domain/errors";
import { markLimits } from "@/domain/limits";
import { time, toMs, webhookId } from "../../inputs";
import { readProcedure } from "../../trpc";
import { type MarkView, markedActions, markView, toChangeMark, toMarkView } from "../../views/mark";

/** What was posted, and how webhooks were changed, oldest first: what charts show beside their numbers. */
export const listMarks = readProcedure
  .input(
    z
      .object({
        webhook_id: webhookId.optional().describe("With what was posted for all"),
        since: time.optional().describe("31 days ago when absent"),
        until: time.optional().describe("Now when absent; not that moment itself"),
      })
      .prefault({}),
  )
  .output(z.array(markView))
  .query(async ({ ctx, input }) => {
    const { store, clock } = ctx.runtime;
    const { webhook_id } = input;
    if (webhook_id !== undefined && !(await store.getWebhook(ctx.customerId, webhook_id))) {
      throw notFound("webhook");
    }
    const since = toMs(input.since) ?? clock() - markLimits.keptMs;
    const until = toMs(input.until) ?? clock() + markLimits.aheadMs;
    const posted = await store.listMarks(ctx.customerId, { webhookId: webhook_id, since, until });
    const changes = await store.listAuditLog(ctx.customerId, {
      subjectId: webhook_id,
      actions: markedActions,
      since,
      until,
      pageSize: markLimits.listed,
    });
    const changed = changes.items.map(toChangeMark).filter((mark): mark is MarkView => mark !== null);
    return [...posted.map(toMarkView), ...changed].sort((a, b) => a.at.localeCompare(b.at));
  });

import { z } from "zod";
import { badInput, conflict, notFound } from "@/domain/errors";
import { markLimits } from "@/domain/limits";
import { text, time, webhookId } from "../../inputs";
import { changeProcedure } from "../../trpc";
import { markView, toMarkView } from "../../views/mark";

/** Notes that something happened, a deploy for example, to be seen in charts. */
export const createMark = changeProcedure
  .input(
    z
      .strictObject({
        name: text(markLimits.name).min(1).default("Deploy").describe("What happened, in words"),
        url: z
          .url({ protocol: /^https?$/ })
          .max(markLimits.url)
          .nullish()
          .describe("Where more of it can be read"),
        webhook_id: webhookId.nullish().describe("Of one webhook; of all when absent or null"),
        at: time.optional().describe("Now when absent; not in the future, and no more than 31 days ago"),
      })
      .prefault({}),
  )
  .output(markView)
  .mutation(async ({ ctx, input }) => {
    const { store, newId, clock } = ctx.runtime;
    const at = input.at === undefined ? null : Date.parse(input.at);
    if (at !== null) checkTime(at, clock());
    const { name, url = null, webhook_id = null } = input;
    const asked = { id: newId(), webhookId: webhook_id, name, url, at };
    const mark = await store.createMark(ctx.customerId, asked, ctx.by);
    if (mark === "not_found") throw notFound("webhook");
    if (mark === "limit_reached") {
      throw conflict("limit_reached", `At most ${markLimits.perDay} marks a day are kept for a customer.`);
    }
    return toMarkView(mark);
  });

function checkTime(at: number, now: number): void {
  const isKept = at > now - markLimits.keptMs && at <= now + markLimits.aheadMs;
  if (isKept) return;
  const message = "Must be of the last 31 days, which charts show, and not in the future.";
  throw badInput([{ path: ["at"], message, code: "custom" }]);
}

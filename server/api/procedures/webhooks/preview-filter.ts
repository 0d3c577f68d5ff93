import { z } from "zod";
import type { EventPage } from "@/db/store";
import { type Subscription, unfitFor } from "@/domain/event/fan-out";
import { anyType } from "@/domain/filter/condition";
import { previewLimits } from "@/domain/limits";
import type { Runtime } from "@/server/process/runtime";
import { readProcedure } from "../../trpc";
import { isoTime, timeView } from "../../views/time";
import { conditions } from "./conditions";
import { events } from "./fields";

const { events: maxEvents, examples: maxExamples, pages: maxPages } = previewLimits;

const exampleView = z.object({ event_id: z.string(), type: z.string(), created_at: timeView });

const previewView = z
  .object({
    looked: z
      .int()
      .describe(
        `How many of the customer's latest events of these types were looked at, at most ${maxEvents}`,
      ),
    matched: z.int().describe("How many of those a webhook with this filter would have been sent"),
    is_complete: z
      .boolean()
      .describe("False when there may be more of these types, longer ago than was looked"),
    would: z.array(exampleView).describe("The newest of those that would have been sent"),
    would_not: z
      .array(exampleView.extend({ why: z.string() }))
      .describe("The newest of those that would not, and why"),
  })
  .meta({ id: "FilterPreview" });

/**
 * What a filter would have done with the customer's latest events. Nothing is changed; it is a mutation because
 * conditions may be longer than a URL, and takes its turn as queries do.
 */
export const previewFilter = readProcedure
  .input(z.strictObject({ events, conditions: conditions.optional() }))
  .output(previewView)
  .mutation(({ ctx, input, signal }) =>
    ctx.inQueryTurn(ctx.customerId, () =>
      preview(ctx.runtime.store, ctx.customerId, { ...input, conditions: input.conditions ?? null }, signal),
    ),
  );

async function preview(
  store: Runtime["store"],
  customerId: string,
  filter: Subscription,
  signal: AbortSignal | undefined,
): Promise<z.infer<typeof previewView>> {
  const answer: z.infer<typeof previewView> = {
    looked: 0,
    matched: 0,
    is_complete: true,
    would: [],
    would_not: [],
  };
  if (filter.events.length === 0) return answer;
  const types = filter.events.includes(anyType) ? undefined : [...filter.events];
  let cursor: string | undefined;
  for (let page = 1; ; page += 1) {
    signal?.throwIfAborted();
    const pageSize = Math.min(maxEvents - answer.looked, largestPage);
    const { items, next } = await store.listEvents(customerId, { types, pageSize, cursor });
    for (const event of items) judge(event, filter, answer);
    if (next === null) return answer;
    if (answer.looked >= maxEvents || page >= maxPages) return { ...answer, is_complete: false };
    cursor = next;
  }
}

/** A part of what is looked at, after which others get their turn. */
const largestPage = 100;

function judge(
  { id, type, createdAt, payload }: EventPage["items"][number],
  filter: Subscription,
  answer: z.infer<typeof previewView>,
): void {
  const unfit = unfitFor(filter, type, () => (JSON.parse(payload) as { data: unknown }).data);
  const example = { event_id: id, type, created_at: isoTime(createdAt) };
  answer.looked += 1;
  if (unfit === null) answer.matched += 1;
  if (unfit === null && answer.would.length < maxExamples) answer.would.push(example);
  if (unfit !== null && answer.would_not.length < maxExamples)
    answer.would_not.push({ ...example, why: unfit[1] ?? "" });
}

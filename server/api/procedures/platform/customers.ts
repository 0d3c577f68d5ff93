import { z } from "zod";
import { numberCursor, page, text } from "../../inputs";
import { platformProcedure } from "../../trpc";
import { surveyView, toSurveyView } from "../../views/platform";

const dayMs = 24 * 3_600_000;
const hourMs = 3_600_000;

/** The customers with how delivery to each goes, newest first. */
export const surveyCustomers = platformProcedure
  .input(
    z
      .object({
        ...page(numberCursor),
        search: text(255).optional().describe("A part of the name or external id, or the whole id"),
        troubled: z
          .boolean()
          .default(false)
          .describe("Only those with a webhook that fails, or that the service switched off"),
      })
      .prefault({}),
  )
  .output(z.object({ items: z.array(surveyView), next_cursor: z.string().nullable() }))
  .query(async ({ ctx, input: { page_size, cursor, search, troubled } }) => {
    const { store, clock } = ctx.runtime;
    const found = await store.surveyCustomers({
      pageSize: page_size,
      cursor,
      search: search?.trim() || undefined,
      onlyTroubled: troubled,
      since: Math.floor((clock() - dayMs) / hourMs) * hourMs,
    });
    return { items: found.items.map(toSurveyView), next_cursor: found.next };
  });

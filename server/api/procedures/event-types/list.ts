import { z } from "zod";
import { eventTypes, receivedTypes } from "@/domain/event/catalogue";
import { anyoneProcedure } from "../../trpc";
import { eventTypeView, toEventTypeView } from "../../views/event";

/** The catalogue: what platforms publish and, where it is asked for, what the service itself tells of webhooks. */
export const listEventTypes = anyoneProcedure
  .input(
    z
      .object({
        include: z
          .enum(["notices"])
          .optional()
          .describe("notices: also what a webhook can be told of the customer's others"),
      })
      .prefault({}),
  )
  .output(z.array(eventTypeView))
  .query(({ input }) => (input.include ? receivedTypes : eventTypes).map(toEventTypeView));

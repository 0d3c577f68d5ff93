import { z } from "zod";
import { eventTypes } from "@/domain/event/catalogue";
import { anyoneProcedure } from "../../trpc";
import { eventTypeView, toEventTypeView } from "../../views/event";

/** The catalogue. */
export const listEventTypes = anyoneProcedure
  .output(z.array(eventTypeView))
  .query(() => eventTypes.map(toEventTypeView));

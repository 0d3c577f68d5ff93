import { z } from "zod";
import { receivedTypes } from "@/domain/event/catalogue";
import { anyoneProcedure } from "../../trpc";
import { eventTypeView, toEventTypeView } from "../../views/event";

/** The catalogue. */
export const listEventTypes = anyoneProcedure
  .output(z.array(eventTypeView))
  .query(() => receivedTypes.map(toEventTypeView));

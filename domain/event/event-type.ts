import type { z } from "zod";

/** Everything that is known of one type of event. Its headers, docs and checks all come from here. */
export type EventType = {
  type: string;
  targetType: string;
  /** When it happens, in words for people. */
  description: string;
  /** What `data` must look like. Unknown extra fields pass. */
  data: z.ZodType;
  sample: Record<string, unknown>;
};

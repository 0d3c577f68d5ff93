import { z } from "zod";
import { recoveryId } from "../../inputs";
import { tool } from "../tool";

export const getRecovery = tool({
  name: "get_recovery",
  title: "Get a recovery",
  description: "Tells how far a recovery is, and what became of what it sent again.",
  input: z.object({ recovery_id: recoveryId }),
  isReadOnly: true,
  run: ({ api }, named) => api.recoveries.get(named),
});

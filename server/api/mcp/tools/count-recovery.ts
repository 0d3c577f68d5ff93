import { z } from "zod";
import { recoveryFilter } from "../../procedures/recoveries/filter";
import { tool } from "../tool";

export const countRecovery = tool({
  name: "count_recovery",
  title: "Count what a recovery would send",
  description:
    "Counts what recovering a time range would send again, by webhook. Nothing is sent. Show the count to a person before you recover.",
  input: z.object(recoveryFilter.shape),
  isReadOnly: true,
  run: ({ api }, filter) => api.recoveries.count(filter),
});

import { z } from "zod";
import { conflict } from "@/domain/errors";
import { recoveryFilter } from "../../procedures/recoveries/filter";
import { tool } from "../tool";

export const recover = tool({
  name: "recover",
  title: "Recover deliveries",
  description:
    "Sends again what fits the filter, to one webhook or to all. Count first with count_recovery and have a person agree: a receiver gets each of them.",
  input: z.object({
    ...recoveryFilter.shape,
    expected_count: z
      .int()
      .min(0)
      .describe("What count_recovery said for this filter; another count starts nothing"),
  }),
  isReadOnly: false,
  async run({ api }, { expected_count, ...filter }) {
    const { count } = await api.recoveries.count(filter);
    if (count !== expected_count) {
      throw conflict(
        "count_changed",
        `It would send ${count} now, not ${expected_count}. Ask again with that count.`,
      );
    }
    return api.recoveries.start(filter);
  },
});

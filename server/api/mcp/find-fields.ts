import { z } from "zod";
import { search, time } from "../inputs";

/** What every tool that finds something takes: fewer a page than people see, for a model reads all of it. */
export const findFields = {
  since: time.optional(),
  until: time.optional(),
  text: search.text,
  limit: z.int().min(1).max(20).default(20),
  cursor: z.string().optional().describe("next_cursor of the answer before"),
};

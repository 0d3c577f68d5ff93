import type { CallHeaders } from "./call";
/** The id by which the front names a request, in its answer and in the log; null where no front was. */
export const requestIdOf = (headers: CallHeaders): string | null => headers.get("x-fanfare-request");

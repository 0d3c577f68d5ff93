import type { TRPCError } from "@trpc/server";
import { logFault } from "@/server/http/answer";
import type { Context } from "../context";
import { causeOf, isFault } from "../failure";

/** Logs what a call answers as a fault of ours. `path` is which of a request's calls it was. */
export function noteFault(error: TRPCError, { requestId, runtime }: Context, path?: string): void {
  if (isFault(error)) logFault(causeOf(error), { requestId, log: runtime.log, path });
}

import { type ByteBudget, type ByteShare, createByteBudget } from "@/domain/byte-budget";
import { webLimits } from "@/domain/limits";
import { networkOf } from "./network";
import type { Principal } from "./principal";

const mebibyte = 1024 * 1024;

/**
 * What bodies of requests may hold in a web process, from when they come in until they are answered. Parsed they
 * take several times as much. All of it is a dozen of the largest publish calls at once; no caller but the
 * platform, which is the operator's own, comes near.
 */
const {
  bodyBytes: totalBytes,
  platformBodyBytes: platformBytes,
  customerBodyBytes: customerBytes,
} = webLimits;
const strangerBytes = 2 * mebibyte;

export const createBodyBudget = (): ByteBudget => createByteBudget(totalBytes);

/** The share of whom a request comes from, to be taken from before its body is read. */
export function shareOf(budget: ByteBudget, caller: Principal): ByteShare {
  if (caller.kind === "platform") return budget.open("platform", platformBytes);
  return budget.open(caller.customerId, customerBytes);
}

/** The same for those who are yet to say who they are: a network's. */
export const strangersShare = (budget: ByteBudget, headers: Headers): ByteShare =>
  budget.open(networkOf(headers), strangerBytes);

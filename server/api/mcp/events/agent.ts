import type { Grant } from "../../access";
import type { Context } from "../../context";
import { forbidden } from "./errors";

/** Who asks, with what its request knows. */
export type Agent = {
  context: Context;
  grant: Grant;
  /** Aborts when it leaves. */
  signal: AbortSignal;
  /** What its program calls itself; null when it does not say. */
  client: string | null;
};

/** A key of the customer itself. */
export type OwnKey = { keyId: string; customerId: string };

/**
 * The key of a customer that an agent asks with, one that may only read too: a subscription tells nothing that it may not
 * read. Throws Forbidden for everybody else, since a subscription ends with the key that it belongs to.
 */
export function ownKey({ grant: { caller } }: Agent): OwnKey {
  if (caller.kind !== "key") throw forbidden("Subscriptions belong to a customer's own API key. Use one.");
  return caller;
}

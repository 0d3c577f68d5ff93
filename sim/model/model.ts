import type { Store } from "@/db/store";
import { agentsEnded, lapsed, settled, subscribed, unsubscribed } from "./agents";
import { claimed } from "./claim";
import type { Context, Moment } from "./context";
import { customerDeleted, hookCreated, hookDeleted, hookUpdated, secretRotated, systemHookSet } from "./edit";
import { hookPaused, hookResumed } from "./pause";
import { published } from "./publish";
import { recorded, released, workerEnded } from "./record";
import { pendingCancelled, redelivered, testCreated, waitingOf } from "./redeliver";
import type { Blame, Model, Settings } from "./state";
import { maintained, recoveryAsked, recoveryStarted } from "./upkeep";
import { warningsChecked } from "./warnings";

type Verbs = {
  [Verb in keyof Store]?: (
    context: Context,
    args: Parameters<Store[Verb]>,
    result: Awaited<ReturnType<Store[Verb]>>,
  ) => void;
};

/** What each committed verb of the store means. Verbs that are not here change nothing that the model knows. */
const verbs: Verbs = {
  createCustomer({ model, rows }, [{ id, externalId }]) {
    const key = rows.customerKey(id)?.key;
    if (key !== undefined) {
      model.customers.set(id, { key, id, externalId, isDeleted: false, isSystem: false });
    }
  },
  deleteCustomer(context, [id], result) {
    customerDeleted(context, id, result);
    agentsEnded(context, ({ customer }) => customer.isDeleted);
  },
  createWebhook: (context, [hook], result) => hookCreated(context, hook, result),
  updateWebhook: (context, [customerId, id, change], result) =>
    hookUpdated(context, customerId, id, change, result),
  pauseWebhook: (context, [customerId, id, until], result) =>
    hookPaused(context, [customerId, id, until], result),
  resumeWebhook: (context, [customerId, id], result) => hookResumed(context, [customerId, id], result),
  rotateSecret: (context, [customerId, id, secret, overlapMs], result) =>
    secretRotated(context, [customerId, id, secret, overlapMs], result),
  setSystemWebhook: (context, [target]) => systemHookSet(context, target),
  deleteWebhook: (context, [customerId, id], result) => hookDeleted(context, customerId, id, result),
  cancelPending: (context, [customerId, id], result) => pendingCancelled(context, [customerId, id], result),
  startRecovery: (context, [recovery], result) => recoveryStarted(context, recovery, result),
  publishEvents: (context, [batch], result) => published(context, batch, result),
  redeliver: (context, [customerId, id, eventId], result) =>
    redelivered(context, [customerId, id, eventId], result),
  createTest: (context, [test], result) => testCreated(context, test, result),
  claimDeliveries: (context, [request], claims) => claimed(context, request, claims),
  recordAttempts: (context, [records], results) => recorded(context, records, results),
  releaseDeliveries: (context, [claims]) => released(context, claims),
  endWorker: (context, [workerId]) => workerEnded(context, workerId),
  subscribe: (context, [subscription], result) => subscribed(context, subscription, result),
  settleChallenge: (context, [challenged, isPassed], result) =>
    settled(context, challenged, isPassed, result),
  unsubscribe: (context, [, id], result) => unsubscribed(context, id, result),
  revokeApiKey: (context, [, keyId]) => agentsEnded(context, (agent) => agent.keyId === keyId),
  checkWarnings: (context) => warningsChecked(context),
  maintain(context, [{ retentionMs }]) {
    maintained(context, retentionMs);
    lapsed(context);
  },
};

/** One verb of the store as it was called. */
export type Call = { verb: keyof Store; args: readonly unknown[] };

/** What the model must remember of the moment of a call. */
export function rememberFor(model: Model, { verb, args }: Call): Pick<Moment, "targets" | "waiting"> {
  return {
    targets:
      verb === "startRecovery" ? recoveryAsked(model, (args as Parameters<Store["startRecovery"]>)[0]) : null,
    waiting: verb === "cancelPending" ? waitingOf(model, ...(args as [string, string])) : null,
  };
}

/** Follows a commit, inside its transaction, so that commits are followed in the order in which they happen. */
export function committed(context: Context, { verb, args }: Call, result: unknown): void {
  const follow = verbs[verb] as ((c: Context, a: readonly unknown[], r: unknown) => void) | undefined;
  follow?.(context, args, result);
}

export function createModel(settings: Settings, elapsedMs: () => number, blame: Blame): Model {
  return {
    settings,
    customers: new Map(),
    agents: new Map(),
    heldAgents: new Set(),
    hooks: new Map(),
    events: new Map(),
    deliveries: new Map(),
    recoveries: new Map(),
    workers: new Map(),
    counted: [],
    plainOf: new Map(),
    systemHook: null,
    lastDeliveryKey: 0,
    lastEventKey: 0,
    elapsedMs,
    counts: {},
    blame,
  };
}

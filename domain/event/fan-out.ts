import type { Conditions } from "../filter/condition";
import { conditionFor } from "../filter/condition-for";
import { fits } from "../filter/fits";
import { whyNot } from "../filter/words";
import { listsType } from "./lists-type";

/** Why a webhook that existed when an event was accepted got no delivery of it. */
export type SkipReason = "inactive" | "not_subscribed" | "filtered" | "about_itself";

/**
 * A webhook without a delivery of an event, by its key, and why it had none when the event came; once a recovery sends
 * it, only that. Of what was filtered it is told what the content was, and what was asked for.
 */
export type Skipped = [webhookKey: number, reason: SkipReason | "recovered", why?: string];

/** What a webhook asks for. */
export type Subscription = { events: readonly string[]; conditions: Conditions | null };

/** Fan-out: contract rule 1. What is for a webhook goes to it when it is active. */
export function fanOut(
  event: { type: string; dataJson: string },
  webhooks: readonly (Subscription & { key: number; isActive: boolean })[],
) {
  const targets: number[] = [];
  const skipped: Skipped[] = [];
  let data: unknown;
  const readData = () => {
    data ??= JSON.parse(event.dataJson);
    return data;
  };
  for (const webhook of webhooks) {
    const unfit = unfitFor(webhook, event.type, readData);
    if (unfit) skipped.push([webhook.key, ...unfit]);
    else if (webhook.isActive) targets.push(webhook.key);
    else skipped.push([webhook.key, "inactive"]);
  }
  return { targets, skipped };
}

/**
 * Why an event is not for a webhook, active or not; null when it is. It is for every one that lists its type and whose
 * condition its content fits, which is read only where there is one.
 */
export function unfitFor(
  { events, conditions }: Subscription,
  type: string,
  readData: () => unknown,
): ["not_subscribed"] | ["filtered", why: string] | null {
  if (!listsType(events, type)) return ["not_subscribed"];
  const condition = conditionFor(conditions, type);
  if (condition === null || fits(condition, readData())) return null;
  return ["filtered", whyNot(condition, readData())];
}

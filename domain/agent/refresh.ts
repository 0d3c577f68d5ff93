import { agentLimits } from "../limits";
import { type Editable, editWebhook, rotateSecret } from "../webhook/edit";

/**
 * A subscription's webhook once its agent came back: on, with a new secret, and with nothing held against it. The secret
 * that it replaces signs as well for a while, whatever the receiver was seen to accept: who refreshes may check with
 * either until it has our answer.
 */
export function refreshSubscription(before: Editable, secret: string, now: number): Editable {
  const on = editWebhook(before, { isActive: true }, now);
  const { settings, ...rest } = rotateSecret(leadingWithNewest(on), secret, agentLimits.overlapMs, now);
  return leadingWithNewest({ settings, ...rest });
}

const leadingWithNewest = ({ settings, ...rest }: Editable): Editable => ({
  settings: { ...settings, signsWith: "current", switchedAt: null },
  ...rest,
});

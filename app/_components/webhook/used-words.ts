import { customerLimits } from "@/domain/limits";
import type { Webhook } from "./types";

/**
 * How many of a customer's places are taken: `10 of 10, 2 by listeners that are away`. Those keep their places for days
 * although nobody takes anything from them, and are the first that can be deleted.
 */
export function usedWords(webhooks: Pick<Webhook, "listener">[]): string {
  const away = webhooks.filter(({ listener }) => listener && !listener.is_connected).length;
  const words = `${webhooks.length} of ${customerLimits.webhooks}`;
  if (away === 0) return words;
  return `${words}, ${away} by ${away === 1 ? "a listener that is" : "listeners that are"} away`;
}

import type { Account } from "./account";
import type { Api } from "./api";
import { createEventMaker } from "./events";

/** What has happened before the visitor comes. */
const firstEvents = 180;
const perCall = 30;
const longestPauseMs = 900;

/** Publishes events of every type, many at first and then steadily, until `signal` ends it. */
export function startTraffic(api: Api, { customerId, webhookIds }: Account, signal: AbortSignal): void {
  const makeEvent = createEventMaker(Math.random);
  const publish = (count: number) => {
    const events = Array.from({ length: count }, () => ({ ...makeEvent(), customer_id: customerId }));
    return api.platform("POST", "/events", events);
  };
  const begin = async () => {
    for (let made = 0; made < firstEvents; made += perCall) await publish(perCall);
    const test = { event_type: "search_completed" };
    await api.platform("POST", `/webhooks/${webhookIds[0]}/test`, test, customerId);
  };
  const goOn = () => publish(Math.random() < 0.05 ? 6 : 1);
  const run = async (step: () => Promise<unknown>) => {
    try {
      await step();
    } catch (error) {
      if (!signal.aborted) process.stderr.write(`No event was published: ${String(error)}\n`);
    }
    if (!signal.aborted) setTimeout(run, Math.random() * longestPauseMs, goOn);
  };
  void run(begin);
}

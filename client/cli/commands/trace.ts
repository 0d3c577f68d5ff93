import { asking, type Common, type Context, connect } from "../connect";
import type { Trace } from "../fanfare";
import { printFacts, printJson, printTable, say, toneOf, when } from "../output";
import { statusOf } from "./delivery-facts";

export function traceCommand({ signal }: Context) {
  return asking("trace <event>", "Show where an event went, and why it did not go elsewhere").action(
    async (event_id: string, options: Common) => {
      const event = await connect(options).events.get({ event_id }, { signal });
      if (options.json) return printJson(event);
      printFacts([
        ["event", event.id],
        ["type", event.type],
        ["accepted", when(event.created_at)],
      ]);
      say("");
      printTable(event.webhooks, [
        { title: "WEBHOOK", of: ({ webhook_id }) => webhook_id },
        { title: "WHAT CAME OF IT", of: outcomeOf, tone: ({ delivery }) => toneOf(delivery?.status ?? "") },
        { title: "URL", of: ({ webhook_url }) => webhook_url, gives: true },
      ]);
    },
  );
}

/** How its delivery stands, or why there is none. */
const outcomeOf = ({ delivery, reason, why }: Trace) =>
  delivery ? statusOf(delivery) : `none: ${why ?? reason?.replaceAll("_", " ")}`;

import { asking, type Common, type Context, connect } from "../connect";
import type { AgentTrace, Trace } from "../fanfare";
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
      if (event.webhooks.length === 0) say("There is no webhook.");
      else
        printTable(event.webhooks, [
          { title: "WEBHOOK", of: ({ webhook_id }) => webhook_id },
          { title: "WHAT CAME OF IT", of: outcomeOf, tone: ({ delivery }) => toneOf(delivery?.status ?? "") },
          { title: "URL", of: ({ webhook_url }) => webhook_url, gives: true },
        ]);
      if (event.agents.length === 0) return;
      say("");
      printTable(event.agents, [
        { title: "AGENT", of: ({ agent_id }) => agent_id },
        {
          title: "WHAT CAME OF IT",
          of: agentOutcome,
          tone: ({ delivery }) => toneOf(delivery?.status ?? ""),
        },
        { title: "URL", of: ({ callback_url }) => callback_url, gives: true },
      ]);
    },
  );
}

/** How its delivery stands, or why there is none. */
const outcomeOf = ({ delivery, reason, why }: Trace) =>
  delivery ? statusOf(delivery) : `none: ${why ?? reason?.replaceAll("_", " ")}`;

const agentOutcome = ({ delivery, why }: AgentTrace) => (delivery ? statusOf(delivery) : `none: ${why}`);

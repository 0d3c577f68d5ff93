import { asking, type Common, type Context, connect } from "../connect";
import type { Agent, FanfareClient } from "../fanfare";
import { findAgent, isAgentId } from "../find-agent";
import { findWebhook } from "../find-webhook";
import { printFacts, printJson, say, when } from "../output";

export function explainCommand({ signal }: Context) {
  return asking(
    "explain <webhook>",
    "Say why a webhook, or an agent's subscription (sub_…), fails, and what to do",
  ).action(async (named: string, options: Common) => {
    const client = connect(options);
    if (!isAgentId(named)) return explainWebhook(client, named, options, signal);
    const agent = await findAgent(client, named, signal);
    if (options.json) return printJson(agent);
    printAgent(agent);
  });
}

async function explainWebhook(client: FanfareClient, named: string, options: Common, signal: AbortSignal) {
  const { id: webhook_id, webhook_url } = await findWebhook(client, named, signal);
  const told = await client.webhooks.explain({ webhook_id }, { signal });
  if (options.json) return printJson(told);
  const { diagnosis, failing_since, outcomes, last_success_at } = told;
  if (!diagnosis) return say(`${webhook_url} does not fail.`);
  printFacts([
    ["webhook", webhook_url],
    ["failing since", failing_since && when(failing_since)],
    ["what came back", diagnosis.symptom],
    // The diagnosis' own sentence begins with what came back, which the line above has said.
    [`what it means (${diagnosis.confidence})`, diagnosis.causes[0]?.meaning ?? null],
    ["what to do", diagnosis.next_step],
    ["attempts", outcomes.map(({ code, count }) => `${count} × ${code}`).join(", ") || null],
    ["last success", when(last_success_at)],
    ["shown by", told.event_id],
  ]);
  for (const cause of diagnosis.causes.slice(1)) say(`\nOr: ${cause.meaning}\n    ${cause.next_step}`);
}

function printAgent({ client, callback_url, event_type, asks_for, failure, ...agent }: Agent) {
  printFacts([
    ["agent", client],
    ["at", callback_url],
    ["asks for", asks_for === null ? event_type : `${event_type} where ${asks_for}`],
    ["health", agent.health.state],
    ["what it means", failure?.meaning ?? null],
    ["what to do", failure?.next_step ?? null],
    ["last success", when(agent.last_delivery_at)],
    ["waiting", String(agent.pending_count)],
    ["ends", when(agent.expires_at)],
  ]);
}

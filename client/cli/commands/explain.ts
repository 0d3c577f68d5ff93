import { asking, type Common, type Context, connect } from "../connect";
import { findWebhook } from "../find-webhook";
import { printFacts, printJson, say, when } from "../output";

export function explainCommand({ signal }: Context) {
  return asking("explain <webhook>", "Say why a webhook fails, and what to do").action(
    async (named: string, options: Common) => {
      const client = connect(options);
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
    },
  );
}

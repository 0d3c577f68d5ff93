import { setTimeout as pause } from "node:timers/promises";
import { isSure } from "../ask";
import { asking, type Common, type Context, connect } from "../connect";
import type { FanfareClient } from "../fanfare";
import { findWebhook } from "../find-webhook";
import { toListOf, toTime } from "../option-values";
import { printJson, say, sayAside } from "../output";

type Options = Common & {
  webhook?: string;
  since?: string;
  until?: string;
  include: Kind[];
  yes?: true;
};
type Kind = NonNullable<Filter["include"]>[number];
type Filter = NonNullable<Parameters<FanfareClient["recoveries"]["start"]>[0]>;

const kinds: readonly Kind[] = ["failed", "missed", "delivered", "cancelled"];
const lookEveryMs = 1_000;

export function recoverCommand({ signal }: Context) {
  return asking("recover", "Send again what failed, after saying how much that is")
    .option("--webhook <webhook>", "only to this webhook; to all active ones when absent")
    .option("--since <time>", "events that were accepted since then, as ISO 8601", toTime)
    .option("--until <time>", "and before then", toTime)
    .option(
      "--include <kinds>",
      "failed, missed, delivered, cancelled, with commas between",
      toListOf(kinds),
      ["failed"],
    )
    .option("--yes", "do not ask")
    .action(async (options: Options) => {
      const client = connect(options);
      const filter = await filterOf(client, options, signal);
      const { count, is_complete, refused } = await client.recoveries.count(filter, { signal });
      const size = `${is_complete ? "" : "at least "}${count} ${count === 1 ? "delivery" : "deliveries"}`;
      if (count === 0)
        return options.json ? printJson({ count }) : say("Nothing fits: there is nothing to send.");
      // Beside the one document, standard error has nothing but an error for a program to read.
      const tell = options.json ? () => {} : sayAside;
      tell(`${size} would be sent again.`);
      if (refused)
        tell(
          `${refused.count} of them were refused for their content with ${refused.status_code}: redeliver one first.`,
        );
      if (!options.yes && !(await isSure(`Send ${size} again?`, signal)))
        throw new Error("Nothing was sent.");
      const { id } = await client.recoveries.start(filter, { signal });
      const ended = await follow(client, id, { signal, tell });
      if (options.json) printJson(ended);
      else
        say(
          `${ended.made_due} of ${ended.total} were sent again. Follow them with: fanfare-client deliveries tail`,
        );
    });
}

async function filterOf(client: FanfareClient, options: Options, signal: AbortSignal): Promise<Filter> {
  const { webhook, since, until, include } = options;
  const webhook_id = webhook === undefined ? undefined : (await findWebhook(client, webhook, signal)).id;
  return { webhook_id, since, until, include };
}

/** Until everything is made due. Ctrl-C stops looking on; the recovery goes on. */
async function follow(
  client: FanfareClient,
  recovery_id: string,
  { signal, tell }: { signal: AbortSignal; tell: (text: string) => void },
) {
  for (let before = -1; ; ) {
    const now = await client.recoveries.get({ recovery_id }, { signal });
    if (now.done !== before) tell(`${now.done} of ${now.total}`);
    if (now.state !== "running") return now;
    before = now.done;
    await pause(lookEveryMs, undefined, { signal });
  }
}

import { randomBytes } from "node:crypto";
import { hostname, userInfo } from "node:os";
import { asking, type Common, type Context, connect } from "../connect";
import { environment } from "../environment";
import { listen, type News } from "../listen/listen";
import { toList, toUrl } from "../option-values";
import { coloured, printLine, say, sayAside } from "../output";
import { readSettings, writeSettings } from "../settings";

type Options = Common & { forward: string; name: string; events?: string[] };

export function listenCommand({ signal }: Context) {
  return asking("listen", "Receive events on this machine, without a tunnel")
    .requiredOption("--forward <url>", "where to send them, such as http://localhost:4000/hooks", toUrl)
    .option("--name <name>", "of this listener: what waits for it is found again by it", ownName())
    .option("--events <types>", "event types, with commas between; all when absent", toList)
    .addHelpText(
      "after",
      `
Requests arrive as Fanfare would send them, with valid signatures. What your
server answers is recorded as an attempt, and is seen in the dashboard. While
this program, or your server, is away, events wait: nothing is missed. What
fails is not retried by itself; redeliver it once it is mended.

The signing secret is made once and kept for this name. Set
FANFARE_LISTEN_SECRET to use your own.

Examples:
  $ fanfare-client listen --forward http://localhost:4000/hooks
  $ fanfare-client listen --forward http://localhost:4000 --events search_completed
  $ fanfare-client listen --forward http://localhost:4000 --json | jq .status`,
    )
    .action(async (options: Options) => {
      const client = connect(options);
      const secret = environment.listenSecret ?? keptSecret(`${options.customer ?? ""}/${options.name}`);
      type Opening = Parameters<typeof client.listeners.open>[0];
      const events = options.events as Opening["events"]; // a type that there is not is refused by its path
      const opening: Opening = { name: options.name, forwards_to: options.forward, events, secret };
      const tell = options.json ? printNews : tellNews(options.forward, secret);
      await listen(client.listeners, opening, { signal, tell });
    });
}

/** Who works on which machine, in the letters that a name may have. */
function ownName(): string {
  const name = `${userInfo().username}-${hostname()}`.replaceAll(/[^A-Za-z0-9._-]+/g, "-").slice(0, 64);
  return name.replaceAll(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, "") || "listener";
}

/** Made the first time, so that a server on this machine can keep it in its settings. */
function keptSecret(name: string): string {
  const settings = readSettings();
  const known = settings.secrets?.[name];
  if (known) return known;
  const secret = `whsec_${randomBytes(32).toString("base64")}`;
  writeSettings({ ...settings, secrets: { ...settings.secrets, [name]: secret } });
  return secret;
}

function tellNews(forwardsTo: string, secret: string): (news: News) => void {
  let isToldOnce = false;
  return (news) => {
    if (news.kind === "open") {
      const { webhook, pending_count, took_over } = news.opened;
      if (isToldOnce) return sayAside("Back: events go on.");
      isToldOnce = true;
      say(`Listening as ${webhook.listener?.name}, forwarding to ${forwardsTo}`);
      say(`Signing secret: ${secret}`);
      if (took_over)
        sayAside(
          coloured(
            "yellow",
            "A program listened by this name until a moment ago. If it still runs, it takes nothing any more: give each its own --name.",
          ),
        );
      if (pending_count > 0) say(`${pending_count} events have waited.`);
      say(coloured("grey", "Ctrl-C stops. What comes then waits for you."));
      return;
    }
    if (news.kind === "local_away")
      return sayAside(
        coloured("yellow", `Nothing answers at ${forwardsTo}. Events wait until your server is up.`),
      );
    if (news.kind === "local_back") return sayAside("Your server is up: events go on.");
    if (news.kind === "lost")
      return sayAside(
        coloured("yellow", `Fanfare cannot be reached: ${news.reason} Events wait there; trying again.`),
      );
    const { taken, outcome, isRecorded } = news;
    const answer = outcome.kind === "response" ? String(outcome.status) : outcome.code;
    const isGood = outcome.kind === "response" && outcome.status >= 200 && outcome.status < 300;
    const facts = [
      new Date().toTimeString().slice(0, 8),
      coloured(isGood ? "green" : "red", answer.padEnd(3)),
      taken.event_type.padEnd(22),
      taken.event_id,
      `${Math.round(outcome.duration_ms)} ms`,
      ...(taken.is_test ? ["test"] : []),
      ...(isRecorded ? [] : [coloured("yellow", "not recorded: it was not this program's any more")]),
    ];
    say(facts.join("  "));
  };
}

function printNews(news: News): void {
  if (news.kind === "open") {
    const { webhook, is_new, took_over, pending_count } = news.opened;
    printLine({
      kind: "open",
      webhook_id: webhook.id,
      name: webhook.listener?.name,
      is_new,
      took_over,
      pending_count,
    });
    return;
  }
  if (news.kind !== "forwarded") {
    printLine(news);
    return;
  }
  const { taken, outcome, isRecorded } = news;
  printLine({
    kind: "forwarded",
    event_id: taken.event_id,
    event_type: taken.event_type,
    attempt: taken.attempt,
    is_test: taken.is_test,
    status: outcome.kind === "response" ? outcome.status : null,
    error: outcome.kind === "error" ? outcome.code : null,
    duration_ms: Math.round(outcome.duration_ms),
    is_recorded: isRecorded,
  });
}

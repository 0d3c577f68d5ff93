import { type Line, type MailContent, oneLine, type Section, writeMail } from "./mail-text";
import type { Notice } from "./notice";

/** What happened to a webhook, oldest first. */
export type Told = { id: string; url: string; description: string | null; notices: At[] };
type At = Notice & { at: number };

/** Where a mail leads, without a slash at its end, and where its reader ends all mails. */
export type MailLinks = { site: string; unsubscribe: string };

/** One mail about everything that happened to a customer's webhooks since the last one. */
export function digestMail(customerName: string, webhooks: Told[], links: MailLinks): MailContent {
  return writeMail({
    subject: subjectOf(webhooks),
    lead: [`What happened to webhooks of ${customerName}. Times are UTC.`],
    sections: webhooks.map((webhook) => sectionOf(webhook, links.site)),
    footer: [
      { words: "Choose what you hear of", url: `${links.site}/dashboard/settings` },
      { words: "Get no more of these mails", url: links.unsubscribe },
    ],
  });
}

/** By what is worst, of what is still so. */
function subjectOf(webhooks: Told[]): string {
  const [only] = webhooks;
  const states = webhooks.map(({ notices }) => stateOf(notices));
  if (only && webhooks.length === 1) return `${nameOf(only)} ${stateOf(only.notices)}`;
  const worst = ["was switched off", "is failing", "may be switched off soon", "needs a look", "works again"];
  const state = worst.find((each) => states.includes(each)) ?? "";
  const count = states.filter((each) => each === state).length;
  return `${count} of ${webhooks.length} webhooks: ${state}`;
}

function stateOf(notices: At[]): string {
  const last = (kinds: Notice["kind"][]) => notices.findLast(({ kind }) => kinds.includes(kind))?.kind;
  if (last(["disabled"])) return "was switched off";
  const health = last(["failing", "recovered"]);
  if (health === "failing") return last(["disabling_soon"]) ? "may be switched off soon" : "is failing";
  if (last(["disabling_soon"]) && health === undefined) return "may be switched off soon";
  return health === "recovered" ? "works again" : "needs a look";
}

function sectionOf(webhook: Told, site: string): Section {
  const heading: Line = { words: nameOf(webhook), url: `${site}/dashboard/webhooks/${webhook.id}` };
  return { heading, lines: [...incidentLines(webhook.notices), ...webhook.notices.flatMap(otherLines)] };
}

/** Its words, or its host: the rest of a URL may hold what is nobody's business. */
const nameOf = ({ description, url }: Told) => (description && oneLine(description)) || new URL(url).host;

type Incident = { startedAt: string; ended: { at: string; held: number } | null; cause: string | null };

/** A line for each time that it failed; more than three, as a flapping endpoint has, are one line. */
function incidentLines(notices: At[]): string[] {
  const incidents: Incident[] = [];
  for (const notice of notices) {
    const before = incidents.at(-1);
    if (notice.kind === "failing") {
      const { meaning, next_step } = notice.data.cause;
      incidents.push({
        startedAt: notice.data.started_at,
        ended: null,
        cause: `${meaning} ${next_step}`,
      });
    } else if (notice.kind === "recovered") {
      const { started_at: startedAt, ended_at: at, held_count: held } = notice.data;
      if (before && !before.ended) before.ended = { at, held };
      else incidents.push({ startedAt, ended: { at, held }, cause: null });
    }
  }
  const last = incidents.at(-1);
  if (!last || incidents.length <= 3) return incidents.map(incidentLine);
  return [
    `It failed ${incidents.length} times since ${time(incidents[0]?.startedAt ?? "")}.`,
    incidentLine(last),
  ];
}

function incidentLine({ startedAt, ended, cause }: Incident): string {
  const why = cause === null ? "" : ` ${cause}`;
  if (!ended) return `It fails since ${time(startedAt)}; deliveries are held and tried again.${why}`;
  const held =
    ended.held === 0
      ? ""
      : ended.held === 1
        ? " 1 delivery waited, and goes out now."
        : ` ${ended.held} deliveries waited, and go out now.`;
  return `It failed from ${time(startedAt)} to ${time(ended.at)}.${held}${why}`;
}

function otherLines(notice: At): string[] {
  switch (notice.kind) {
    case "disabling_soon":
      return [
        `It is switched off from ${time(notice.data.earliest_at)} on, when at least ${notice.data.failures_left} more attempts fail and none succeeds.`,
      ];
    case "disabled":
      return [
        `It was switched off: ${notice.data.reason} Events are not sent to it until somebody activates it; they can be recovered then.`,
      ];
    case "certificate_expiring":
      return [`Its certificate ends at ${time(notice.data.certificate_expires_at)}.`];
    case "client_certificate_expiring":
      return [
        `The certificate by which we are known to it ends at ${time(notice.data.certificate_expires_at)}.`,
      ];
    case "slow":
      return [
        `It takes long: 95 % of an hour's deliveries took up to ${(notice.data.p95_ms / 1_000).toFixed(1)} s.`,
      ];
    default:
      return [];
  }
}

const time = (iso: string) => iso.slice(0, 16).replace("T", " ");

import type { Cause, Fit } from "../cause";
import { kindThatFails, type OneValue, onlyValue } from "../comparison";
import type { Look } from "../look";

/** Failures that a part of the deliveries has, and the others not: what sets them apart is where to look. */
export const histories: Cause[] = [
  {
    code: "one_event_type",
    fits: (look) => isOfContent(look) && kindThatFails(look.evidence) === "type" && byAnswerer(look),
    meaning: (look) => `Only ${look.evidence.eventType} fails; your other events are delivered.`,
    nextStep: (look) => `Look at how your code handles ${look.evidence.eventType}.`,
    tellApart: "The other types go on being delivered while this one fails.",
    seen: ["handlers that lack a branch, a table or a field for one type"],
  },
  {
    code: "one_value",
    fits: (look) => isOfContent(look) && foundValue(look) !== null && byAnswerer(look),
    meaning: (look) => {
      const value = foundValue(look);
      return `Only ${look.evidence.eventType} with ${value?.path} = ${value?.shown} fails; others of the type are delivered.`;
    },
    nextStep: "Look at what your code does with that value.",
    tellApart: "Events of the same type with another value are delivered.",
    seen: ["handlers that crash on one value, such as null or an unknown state"],
  },
  {
    code: "only_large_bodies",
    fits: (look) => isOfSize(look) && kindThatFails(look.evidence) === "size" && byAnswerer(look),
    meaning: (look) =>
      `Only large events fail: this one has ${look.evidence.sentBytes.toLocaleString("en")} bytes, and smaller ones are delivered.`,
    nextStep: "Raise the body limit of your framework, of each proxy in front of it, and of its firewall.",
    tellApart: "Smaller events go on being delivered.",
    seen: ["Caddy max_size: 502 without a body", "body limits of firewalls: a reset, 403"],
  },
  {
    code: "first_attempts_fail",
    fits: (look) => isWaking(look) && "likely",
    meaning: "First attempts fail and second ones succeed: something has to wake up first.",
    nextStep: "Keep an instance running, or let its proxy wait until the application has started.",
    tellApart: "It fails after a quiet time, and works when tried again within minutes.",
    seen: ["scale to zero, cold starts, a stale connection between proxy and application"],
  },
  {
    code: "one_server_of_several",
    fits: (look) => isMixed(look) && "possible",
    meaning: "About as many attempts succeed as fail, of all kinds: one of several servers may be broken.",
    nextStep: "Ask each server behind the address by itself, and take the broken one out.",
    tellApart: "It fails for any event, at once, and another attempt may succeed.",
    seen: ["a balancer with an unhealthy server, two A records of which one is dead"],
  },
];

/** What may depend on what was sent: not that nobody was reached, and not that somebody was not let in. */
const isOfContent = (look: Look) =>
  (look.isAnswered && look.status >= 400 && !look.isStatus(401, 408, 410, 411, 421, 426, 429)) ||
  look.isCode("response_timeout", "connect_reset");

/** A proxy that answers for an application says nothing of what it was sent. */
const byAnswerer = (look: Look): Fit => (look.isStatus(502, 503, 504) ? "possible" : "likely");

const isOfSize = (look: Look) => isOfContent(look) && !look.isStatus(404, 405);

const foundValue = (look: Look): OneValue | null => onlyValue(look.evidence);

/** Others to judge by. */
const enough = 4;

function isWaking({ history, isAnswered, status, evidence }: Look): boolean {
  if (history.earlier.length > 0 || (isAnswered && status < 500)) return false;
  const delivered = history.others.filter(({ isDelivered }) => isDelivered);
  const later = delivered.filter(({ attemptCount }) => attemptCount > 1);
  return evidence.error !== null && later.length >= enough && later.length >= delivered.length * 0.8;
}

function isMixed(look: Look): boolean {
  if (look.isAnswered && look.status < 500 && !look.isStatus(404)) return false;
  const { others } = look.history;
  if (others.length < 2 * enough || look.evidence.error === null) return false;
  const smooth = others.filter(({ isDelivered, attemptCount }) => isDelivered && attemptCount === 1).length;
  return smooth >= others.length * 0.25 && smooth <= others.length * 0.75;
}

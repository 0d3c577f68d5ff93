import { maxBodyBytes } from "@/domain/agent/event-body";
import { capability, errorCodes } from "@/domain/agent/protocol";
import { agentScheduleMs } from "@/domain/agent/schedule";
import { termLimits } from "@/domain/agent/terms";
import { agentLimits, customerLimits } from "@/domain/limits";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Where MCP Events leaves it open, or its texts differ: the question, and what Fanfare does. */
export const agentChoices: [question: string, answer: string][] = [
  [
    "How is it announced?",
    `Twice: as \`${capability.ofSketch}\` and as the extension \`${capability.ofProposal}\``,
  ],
  ["Which protocol?", "2026-07-28, and for older clients the `initialize` of 2025-11-25"],
  ["Who subscribes?", "The key: with another key it is another subscription"],
  [
    "For how long?",
    `As \`ttlMs\` asks, from ${termLimits.leastMs / minuteMs} minutes to ${termLimits.mostMs / hourMs} hours; \
${termLimits.usualMs / minuteMs} minutes unasked; \`null\` is ${termLimits.mostMs / hourMs} hours`,
  ],
  ["Does it outlast a restart?", "Yes, any: it is in the database before it is answered"],
  [
    "How many?",
    `${agentLimits.perKey} of a key, ${agentLimits.perCustomer} of a customer, beside its ${customerLimits.webhooks} webhooks`,
  ],
  [
    "How is a callback proved?",
    `Within 10 seconds, without redirects; then not again for ${agentLimits.verifiedForMs / hourMs} hours for the same \
key and URL. ${agentLimits.challengesPerMinute} proofs a minute`,
  ],
  ["What is `webhook-id`?", "The event's id, the same in each attempt and each replay"],
  ["How large is a body?", `${maxBodyBytes} bytes at most; what is larger is not sent, which the log tells`],
  [
    "When is it tried again?",
    `After ${agentScheduleMs.map((ms) => `${ms / 1_000}`).join(", ")} seconds, later where \`Retry-After\` says so; 410 and 413 \
end the one delivery`,
  ],
  [
    "What does an endpoint get that fails?",
    "Its deliveries are held, one at a time is tried, and `deliveryStatus` says `active: false`; a refresh lets them go on",
  ],
  [
    "How long do two secrets sign?",
    `${agentLimits.overlapMs / hourMs} hours after the refresh that brought the second`,
  ],
  [
    "Which error codes?",
    `The sketch's: ${errorCodes.notFound} not found, ${errorCodes.forbidden} forbidden, ${errorCodes.resourceExhausted} too many, \
${errorCodes.unsupported} not supported, ${errorCodes.callbackEndpoint} the callback; -32602 for what is wrong with an input`,
  ],
  ["What if there is nothing to unsubscribe?", "`{}`, as if there had been"],
  [
    "What is replayed?",
    `With a \`cursor\`, stored events after it: ${agentLimits.replayed} at most, of the newest; \`truncated\` says when some \
may be missing`,
  ],
  ["Which control messages?", "`verification` and `terminated`, no `gap`"],
];

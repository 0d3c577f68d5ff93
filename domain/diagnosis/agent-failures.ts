import type { Cause } from "./cause";
import { ours } from "./causes/ours";
import type { Look } from "./look";

const triedAgain = "what fails is tried again after 30 seconds, 2 minutes and 10 minutes, and then given up.";
const subscribeAgain = "ask the agent to subscribe again.";

/**
 * What failures of agents' receivers mean: the first that fits. Sources: SEP-3415, and the receivers of clients as they
 * were seen.
 */
export const agentFailures: Cause[] = [
  ...ours,
  {
    code: "agent_signature_refused",
    fits: (look) => look.isStatus(401, 403) && "likely",
    meaning:
      "The agent's receiver does not know this subscription or its secret any more, or its clock is minutes off.",
    nextStep: `The agent's program made the secret, and brings it again when it subscribes: ${subscribeAgain}`,
    seen: ["@ai-sdk/mcp 2.0.99: 401 to a wrong signature, another subscription, and more than 300 s of skew"],
  },
  {
    code: "agent_event_refused",
    fits: (look) => look.isStatus(400, 415, 422) && "likely",
    meaning: "The agent's receiver reads MCP Events differently from us, and takes this for no event.",
    nextStep: "Show the answer below to who makes the agent's program: events come as the protocol has them.",
    seen: ["@ai-sdk/mcp 2.0.99: 400 to an event without a zone, or whose data is no object"],
  },
  {
    code: "agent_callback_unknown",
    fits: (look) => look.isStatus(404) && "likely",
    meaning:
      "The agent's receiver knows no such callback: the agent was removed, which no agent tells us of.",
    nextStep:
      "End the subscription if nobody uses this agent any more; else it ends by itself with its term.",
    seen: ["ChatGPT: a plugin that is removed sends no events/unsubscribe"],
  },
  {
    code: "agent_subscription_over",
    fits: (look) => look.isStatus(410) && "certain",
    meaning:
      "To the agent's receiver this subscription is over (410). That ended this delivery; others are sent until its term ends.",
    nextStep: `If it should go on, ${subscribeAgain}`,
    seen: ["@ai-sdk/mcp 2.0.99: 410 after refreshBefore"],
  },
  {
    code: "agent_event_too_large",
    fits: (look) => look.isStatus(413) && "certain",
    meaning:
      "The event is larger than the agent's receiver takes (413). That ended this delivery; others are sent.",
    nextStep: 'Ask the agent to subscribe with `include: "ids"`: then events are small.',
    seen: ["@ai-sdk/mcp 2.0.99: 413"],
  },
  {
    code: "agent_not_ready",
    fits: (look) => look.isStatus(425, 503) && "likely",
    meaning:
      "The agent's receiver is not ready yet, as while it stores what we answered to its subscription, or its program fails at the event.",
    nextStep: `If it goes on, look into the log of the agent's program; ${triedAgain}`,
    seen: ["@ai-sdk/mcp 2.0.99: 503 while it subscribes or refreshes, and where onEvent throws"],
  },
  {
    code: "agent_too_fast",
    fits: (look) => look.isStatus(429) && "certain",
    meaning: "The agent's receiver takes fewer events than come (429).",
    nextStep:
      "Ask the agent to subscribe to less, such as one case or one state. What it refused is sent again.",
    seen: ["RFC 6585: 429"],
  },
  {
    code: "agent_redirects",
    fits: (look) => look.isCode("redirect") && "certain",
    meaning: "The agent's address leads to another one, and redirects are never followed.",
    nextStep: "The agent has to subscribe with the address at which it receives.",
    seen: ["SEP-3415: no redirects"],
  },
  {
    code: "agent_address_blocked",
    fits: (look) => look.isCode("blocked_address") && "certain",
    meaning: "The agent's address is in a network that this service sends nothing to.",
    nextStep: "The agent has to receive at an address that can be reached from the internet.",
    seen: ["Fanfare: addresses of private networks"],
  },
  {
    code: "agent_too_slow",
    fits: (look) => look.isCode("response_timeout") && "certain",
    meaning: "The agent's receiver did not answer within 10 seconds.",
    nextStep: `Nothing to do here: ${triedAgain}`,
    seen: ["SEP-3415: 10 s"],
  },
  {
    code: "agent_unsafe",
    fits: (look) => look.isCode("tls_error", "tls_timeout") && "certain",
    meaning: (look) => `No secure connection to the agent's receiver came about: ${why(look)}`,
    nextStep: `Whoever runs it has to mend its TLS or certificate; ${triedAgain}`,
    seen: ["SEP-3415: tls_error"],
  },
  {
    code: "agent_unreachable",
    fits: (look) => !look.isAnswered && "certain",
    meaning: (look) => `The agent's receiver could not be reached: ${why(look)}`,
    nextStep: `Check that the program of the agent runs, and can be reached from the internet; ${triedAgain}`,
    seen: ["SEP-3415: connection_refused"],
  },
  {
    code: "agent_failed",
    fits: (look) => look.status >= 500 && "certain",
    meaning: (look) => `The agent's receiver failed (${look.status}).`,
    nextStep: `Nothing to do here: ${triedAgain}`,
    seen: ["500 of applications"],
  },
];

/** An answer that the protocol gives no meaning. */
export const otherFailure: Cause = {
  code: "agent_refused",
  fits: () => "certain",
  meaning: (look) => `The agent's receiver did not take the event (${look.status}).`,
  nextStep: "Show the answer below to who runs the agent.",
  seen: ["other answers"],
};

const why = (look: Look) => look.evidence.error?.message || "no answer came.";

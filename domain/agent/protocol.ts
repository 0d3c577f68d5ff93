/**
 * The names and numbers that MCP Events (SEP-3415) may still change while it is a draft, here and nowhere else. What its
 * bodies look like is in a file each: event-body.ts and control-body.ts.
 */

/** As which capability it is announced: the sketch has one of the protocol's own, the proposal an extension. */
export const capability = { ofSketch: "events", ofProposal: "io.modelcontextprotocol/events" };

export const methods = {
  list: "events/list",
  subscribe: "events/subscribe",
  unsubscribe: "events/unsubscribe",
};

/** The header of every request to a callback that says which subscription it is of. */
export const subscriptionHeader = "X-MCP-Subscription-Id";

/** Whose numbers errors have. The clients of autumn 2026 know the sketch's. */
const edition: "sketch" | "proposal" = "sketch";

const numbers = {
  notFound: { sketch: -32011, proposal: -32023 },
  forbidden: { sketch: -32012, proposal: -32024 },
  resourceExhausted: { sketch: -32013, proposal: -32025 },
  unsupported: { sketch: -32014, proposal: -32026 },
  callbackEndpoint: { sketch: -32015, proposal: -32027 },
};

/** The number of each error of its own. What is wrong with an input has JSON-RPC's. */
export const errorCodes = {
  notFound: numbers.notFound[edition],
  forbidden: numbers.forbidden[edition],
  resourceExhausted: numbers.resourceExhausted[edition],
  unsupported: numbers.unsupported[edition],
  callbackEndpoint: numbers.callbackEndpoint[edition],
};

/** Why a subscription gets nothing any more once its key counts no more. */
export const accessRevoked = {
  code: errorCodes.forbidden,
  message: "The key that subscribed was revoked, or came to its end.",
  data: { reason: "access_revoked" },
};

/** What may be wrong with a callback. */
export type CallbackReason =
  | "connection_refused"
  | "timeout"
  | "tls_error"
  | "http_4xx"
  | "http_5xx"
  | "challenge_failed";

/**
 * Every number that docs/contract.md promises, once. Settings have their defaults in server/process/env.ts; how much
 * the inside does at a time (batches, windows) stands beside what does it.
 */
const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;
const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const daySeconds = 24 * 3_600;

/** What a customer may have. */
export const customerLimits = {
  webhooks: 10,
  /** One call lists them all. */
  apiKeys: 100,
  /** Invitations that nobody has used yet. */
  invitations: 100,
  /** Test deliveries under way. */
  tests: 5,
  /** Recoveries whose targets are being counted: one, and those that wait for it. */
  counts: 4,
};

/** What a customer says happened, to be seen in charts. */
export const markLimits = {
  name: 200,
  url: 2_048,
  perDay: 200,
  listed: 500,
  keptMs: 31 * dayMs,
  aheadMs: minuteMs,
};

/** The fields of a webhook, in characters and entries. */
export const webhookLimits = {
  url: 2_048,
  secret: 256,
  description: 500,
  /** A certificate with its chain, and a private key, in PEM. */
  pem: 16 * kibibyte,
  /** Of a list in which types may be repeated. */
  events: 1_000,
  headers: 20,
  headerName: 100,
  headerValue: 1_024,
  /** Names and values together: what nginx takes of a request's head in one of its buffers. */
  headerBytes: 8 * kibibyte,
  /** Deliveries that may begin in a second. */
  slowestRate: 0.1,
  fastestRate: 1_000,
  shortestTimeoutSeconds: 1,
};

/** What may be asked of the content of a webhook's events: of all of its types together, but for how deep one goes. */
export const conditionLimits = {
  bytes: 8 * kibibyte,
  comparisons: 50,
  depth: 5,
  /** Of one list of values. */
  values: 100,
  path: 200,
};

/** Of a customer's latest events, what a filter is tried on, and how many parts of their list that may take. */
export const previewLimits = { events: 500, examples: 3, pages: 10 };

/** A webhook that was made under an Idempotency-Key is answered again for so long; a key has so many characters. */
export const webhookCreationLimits = { keptMs: dayMs, keyLength: 255 };

/** After a rotation both secrets sign for so long. */
export const rotationLimits = { overlapSeconds: daySeconds, maxOverlapSeconds: 7 * daySeconds };

/** Subscriptions of agents, apart from webhooks. */
export const agentLimits = {
  /** Of a customer, and of one of its keys. */
  perCustomer: 100,
  perKey: 20,
  /** Callbacks that are asked whether they are the agent's, of one key in a minute; who passed is not asked again so soon. */
  challengesPerMinute: 10,
  verifiedForMs: dayMs,
  /** How long an agent may take to answer: its protocol's advice. */
  timeoutMs: 10 * secondMs,
  /** How long an unproved subscription waits for its answer, and an ended one for its last message. */
  settlingMs: minuteMs,
  /** After a refresh the secret before it signs as well for so long. */
  overlapMs: dayMs,
  /** What one replay sends at most, of how many events it looks at. */
  replayed: 1_000,
  replayLooks: 10_000,
};

/** Webhooks that a program takes from. */
export const listenerLimits = {
  name: 64,
  /** What is taken at a time, and for how long it is that program's alone. */
  taken: 32,
  leaseMs: minuteMs,
  /** A call that finds nothing waits for so long: proxies give up after half a minute. */
  waitMs: 25 * secondMs,
  /** One that was not heard of for so long is away. */
  awayMs: 45 * secondMs,
  /** One that nobody came back to is deleted. */
  keptMs: 7 * dayMs,
};

/** What one call may bring. */
export const callLimits = {
  events: 1_000,
  eventBytes: 256 * kibibyte,
  publishBytes: 5 * mebibyte,
  bodyBytes: 256 * kibibyte,
  signInBytes: 16 * kibibyte,
  pageBytes: 64 * kibibyte,
  /** Deliveries that are redelivered together. */
  redeliveries: 200,
  /** In one tRPC batch. The dashboard's largest page makes a dozen. */
  batchCalls: 20,
};

/** What one call is answered. */
export const answerLimits = {
  pageSize: 50,
  maxPageSize: 200,
  /** A page with content, and the attempts of a delivery, end at about this size. */
  pageBytes: 4 * mebibyte,
  attempts: 100,
  /** An answer must not outgrow its question. */
  fieldErrors: 100,
  /** All answers of a batch, about. */
  batchBytes: 8 * mebibyte,
  /** Events of a range that a recovery counts before it starts. */
  countedEvents: 100_000,
  /** Of a balance, so many at a look: others have their turn after each. */
  countedAtOnce: 5_000,
  /** What waits after a refusal is told in so many groups: the rest are smaller. */
  refusalGroups: 10,
};

/** What requests hold at a time, in one web process. */
export const webLimits = {
  connections: 2_048,
  connectionsOfNetwork: 1_024,
  bodyBytes: 96 * mebibyte,
  platformBodyBytes: 64 * mebibyte,
  customerBodyBytes: 8 * mebibyte,
  refusedBytes: 8 * mebibyte,
  refusedMs: 3 * secondMs,
  untakenMs: 2 * minuteMs,
};

/** Live streams at a time: of a key or person, of a customer, of a process and of what is free there. */
export const streamLimits = { ofCaller: 20, ofCustomer: 100, ofProcess: 1_000, ofFree: 1 / 8 };

/** Exports that are being written at a time: of a customer, and of a process. */
export const exportLimits = { ofCustomer: 2, ofProcess: 8 };

/** Rule 4, and the jitter of `RETRY_SCHEDULE`. */
export const retryLimits = { jitter: 0.2, maxRetryAfterMs: dayMs };

/** Rule 4: how requests that come too fast are slowed down. */
export const paceLimits = {
  /** So long after a success, a receiver that refuses what comes too soon is taking requests. */
  takingMs: 2 * minuteMs,
  /** Of a delivery, so many attempts may use up nothing of its schedule for having come too soon. */
  repeats: 20,
  /** Requests a second, at first and at least. The slowest pace is as slow as the first probe of a breaker. */
  firstPerSecond: 1,
  slowestPerSecond: 1 / 5,
  /** A pace that nothing was too fast for is forgotten. */
  forgottenMs: hourMs,
};

/** Rule 5: when the breaker opens, and when it probes. */
export const breakerLimits = {
  failuresToOpen: 5,
  deliveriesToOpen: 3,
  /** So long after a success, an answer that refuses the content says nothing about the endpoint. */
  refusalsIgnoredMs: 5 * minuteMs,
  firstProbeMs: 5 * secondMs,
  maxProbeMs: 5 * minuteMs,
};

/** Rule 5: how the places of a worker are shared. */
export const shareLimits = {
  /** Of all places, what one customer may have at most. */
  ofWorker: 1 / 4,
  /** Of what is free, what one customer may have: of the places, and of those for tests. */
  ofFree: 1,
  ofFreeForTests: 1 / 8,
  /** While a backlog drains, one of so many turns is the newest's. */
  turnsToNewest: 4,
};

/** Rule 6: what it takes to switch a webhook off, none of which is enough alone. */
export const countdownLimits = {
  periodMs: 5 * dayMs,
  failures: 20,
  coveredMs: dayMs,
  /** A longer pause is silence: a day that a receiver may ask for, and some time to get round to the next attempt. */
  longestPauseMs: retryLimits.maxRetryAfterMs + 5 * minuteMs,
};

/** What makes failures an incident, and what is kept of one. */
export const incidentLimits = {
  /** Failures that count, with no success between, over so long; or an open breaker, however short. */
  failures: 3,
  lastingMs: minuteMs,
  /** What fails again so soon goes on with the incident that ended. */
  mergedMs: 10 * minuteMs,
  /** Of a webhook, and for how long. */
  kept: 100,
  keptMs: 365 * dayMs,
  /** Events that are followed up, and how long before it they may have been accepted: they waited for their turn. */
  countedEvents: 10_000,
  waitedMs: 5 * minuteMs,
  /** While anything of it is under way, at the soonest. */
  countedEveryMs: minuteMs,
};

/** What customers are told of their webhooks. */
export const noticeLimits = {
  /** Before the earliest moment at which a webhook may be switched off. */
  disablingSoonMs: dayMs,
  /** What nobody could be told by then is no news. */
  keptMs: 3 * dayMs,
  /** A member's first mail waits for what happens together, and the next ones for what goes on. */
  firstMailMs: minuteMs,
  nextMailMs: 10 * minuteMs,
  /** What one mail tells at most; the rest comes with the next. */
  perMail: 500,
  /** A mail that cannot be sent is tried again after so long, doubling, and no more after a day. */
  retryMs: 30 * secondMs,
  maxRetryMs: hourMs,
  giveUpMs: dayMs,
  /** The link that proves an address, and how many mails with one a person may ask for in an hour. */
  addressLinkMs: dayMs,
  addressMailsPerHour: 5,
  /** Invitations and links for passwords that a customer's owners send. */
  teamMailsPerHour: 50,
};

/** How a webhook fares as people see it: see domain/webhook/recent-health. */
export const healthLimits = {
  windowMs: 15 * minuteMs,
  /** From so many failures, and such a share on, it is degraded; below the other share it is no more. */
  degradedFailures: 2,
  degradedShare: 0.05,
  healthyShare: 0.02,
  /** So far back it is judged what it was. */
  lookBackMs: hourMs,
};

/** Attempts in a row that ended with their worker: the delivery may be what kills workers. */
export const maxLostInARow = 5;

/** Invariant 5: a claim that did not start by then goes back, for what it knows of its webhook may be old. */
export const startWithinMs = secondMs;

/** What is due for so long while requests of its customer are under way waits for a place. */
export const placeWaitMs = secondMs;

/** Rule 7: what is kept of an answer, and what of one is too much to be an answer. */
export const responseLimits = {
  bodyBytes: 16 * kibibyte,
  headers: 64,
  headerBytes: 16 * kibibyte,
  headLines: 1_000,
  headBytes: 64 * kibibyte,
};

/** The audit log is kept for so long, and at least as long as deliveries are. */
export const auditLimits = { keepMs: 400 * dayMs };

/** How long links and sessions last. */
export const accessLimits = {
  portalSessionMs: 8 * hourMs,
  platformSessionMs: 8 * hourMs,
  portalLinkSeconds: 3_600,
  maxPortalLinkSeconds: 7 * daySeconds,
  invitationMs: 7 * dayMs,
  resetLinkMs: hourMs,
};

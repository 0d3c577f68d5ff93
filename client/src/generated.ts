// Made by `npm run client` from the router and the catalogue: change those, not this.

import type { CallOptions, RepeatableOptions } from "./call-options";

/** What `data` of each type of event holds. More fields may come. */
export type EventData = {
  /** The state of a CDD changes to either inconclusive or complete. */
  cdd_state_changed: {
    /** Id of the CDD */
    cdd_id: string;
    /** The new state */
    state: "inconclusive" | "complete";
    /** The state before */
    previous_state?: string;
    /** When the state changed */
    changed_at?: string;
    /** Whom it is about */
    subject?: {
      /** Id of the person or company */
      id: string;
      /** Whether it is a person or a company */
      kind: "individual" | "company";
      /** Full or registered name */
      name: string;
      [field: string]: unknown;
    };
    /** Assessed risk */
    risk_level?: "low" | "medium" | "high" | "critical";
    /** Why it came to this state */
    reasons?: Array<string>;
    [field: string]: unknown;
  };
  /** A monitoring alert is fired on failure. */
  monitoring_alert_fired: {
    /** Id of the alert */
    alert_id: string;
    /** Id of the monitor that fired */
    monitor_id?: string;
    /** How serious it is */
    severity?: "low" | "medium" | "high" | "critical";
    /** When the alert fired */
    fired_at?: string;
    /** The failure that fired it */
    failure?: {
      /** A short, stable code */
      code: string;
      /** What failed, in words */
      message: string;
      [field: string]: unknown;
    };
    /** Whom it is about */
    subject?: {
      /** Id of the person or company */
      id: string;
      /** Whether it is a person or a company */
      kind: "individual" | "company";
      /** Full or registered name */
      name: string;
      [field: string]: unknown;
    };
    [field: string]: unknown;
  };
  /** A new document is successfully added to a CDD case. */
  cdd_document_fetched: {
    /** Id of the CDD */
    cdd_id: string;
    /** Id of the document */
    document_id: string;
    /** File name or title */
    name?: string;
    /** What kind of document it is, such as annual_accounts */
    kind?: string;
    /** Where it was fetched from */
    source?: string;
    /** Its media type */
    content_type?: string;
    /** Its size in bytes */
    size_bytes?: number;
    /** When it was added */
    fetched_at?: string;
    [field: string]: unknown;
  };
  /** A name screening search completes and results are available. */
  search_completed: {
    /** Id of the search */
    search_id: string;
    /** What was searched */
    query?: {
      /** The name searched for */
      name: string;
      /** Date of birth */
      birth_date?: string;
      /** ISO 3166-1 alpha-2 country code */
      country?: string;
      [field: string]: unknown;
    };
    /** How many hits were found */
    hit_count?: number;
    /** Which lists were searched */
    lists?: Array<string>;
    /** When the search completed */
    completed_at?: string;
    [field: string]: unknown;
  };
  /** A name screening alert has been remediated (all hits resolved). */
  alert_remediated: {
    /** Id of the alert */
    alert_id: string;
    /** Id of the search that raised it */
    search_id?: string;
    /** What the hits turned out to be */
    outcome?: "false_positive" | "true_match" | "mixed";
    /** How many hits were resolved */
    resolved_hits?: number;
    /** Who resolved the last hit */
    remediated_by?: string;
    /** When the last hit was resolved */
    remediated_at?: string;
    [field: string]: unknown;
  };
  /** A flow run finishes successfully (COMPLETED). */
  flow_run_completed: {
    /** Id of the run */
    flow_run_id: string;
    /** Id of the flow */
    flow_id?: string;
    /** Name of the flow */
    flow_name?: string;
    /** How it ended */
    status?: "COMPLETED";
    /** When it started */
    started_at?: string;
    /** When it finished */
    finished_at?: string;
    /** What the flow produced */
    output?: {
      [field: string]: unknown;
    };
    [field: string]: unknown;
  };
  /** A flow run fails (FAILED). */
  flow_run_failed: {
    /** Id of the run */
    flow_run_id: string;
    /** Id of the flow */
    flow_id?: string;
    /** Name of the flow */
    flow_name?: string;
    /** How it ended */
    status?: "FAILED";
    /** When it started */
    started_at?: string;
    /** When it failed */
    finished_at?: string;
    /** Why it failed */
    error?: {
      /** A short, stable code */
      code: string;
      /** What went wrong, in words */
      message: string;
      /** The step that failed */
      step?: string;
      [field: string]: unknown;
    };
    [field: string]: unknown;
  };
  /** Another webhook of yours begins to fail: an incident begins, or goes on. */
  "webhook.failing": {
    /** The webhook that it is about */
    webhook_id: string;
    /** Its URL at that moment */
    webhook_url: string;
    /** When the first of the failures in a row began: of the incident that GET …/incidents tells */
    started_at: string;
    /** Why the failure that made it an incident failed */
    cause: {
      /** A stable code, listed at /docs/causes */
      code: string;
      /** How sure that is */
      confidence: "certain" | "likely" | "unknown";
      /** What it means, in words */
      meaning: string;
      /** What to do */
      next_step: string;
      [field: string]: unknown;
    };
    [field: string]: unknown;
  };
  /** Another webhook of yours works again: its incident ends. */
  "webhook.recovered": {
    /** The webhook that it is about */
    webhook_id: string;
    /** Its URL at that moment */
    webhook_url: string;
    /** When the first of the failures in a row began: of the incident that GET …/incidents tells */
    started_at: string;
    /** When the first delivery succeeded again */
    ended_at: string;
    /** How many deliveries waited then, and go out now */
    held_count: number;
    [field: string]: unknown;
  };
  /** Another webhook of yours is about to be switched off, within a day, if nothing succeeds. */
  "webhook.disabling_soon": {
    /** The webhook that it is about */
    webhook_id: string;
    /** Its URL at that moment */
    webhook_url: string;
    /** When it may be switched off at the earliest */
    earliest_at: string;
    /** How many more attempts must fail until then */
    failures_left: number;
    [field: string]: unknown;
  };
  /** Another webhook of yours is switched off by the service: after 5 days of failures, or a 410. */
  "webhook.disabled": {
    /** The webhook that it is about */
    webhook_id: string;
    /** Its URL at that moment */
    webhook_url: string;
    /** Why, in words */
    reason: string;
    [field: string]: unknown;
  };
  /** The certificate of another webhook of yours ends soon. */
  "webhook.certificate_expiring": {
    /** The webhook that it is about */
    webhook_id: string;
    /** Its URL at that moment */
    webhook_url: string;
    /** When it ends */
    certificate_expires_at: string;
    [field: string]: unknown;
  };
  /** The certificate by which we are known to another webhook of yours ends soon. */
  "webhook.client_certificate_expiring": {
    /** The webhook that it is about */
    webhook_id: string;
    /** Its URL at that moment */
    webhook_url: string;
    /** When it ends */
    certificate_expires_at: string;
    [field: string]: unknown;
  };
  /** Another webhook of yours takes nearly as long as an attempt may. */
  "webhook.slow": {
    /** The webhook that it is about */
    webhook_id: string;
    /** Its URL at that moment */
    webhook_url: string;
    /** Of an hour's deliveries, 95 % took no longer: milliseconds */
    p95_ms: number;
    [field: string]: unknown;
  };
};

/** The types of the catalogue. */
export type EventTypeName = keyof EventData;

export type Agent = {
  /** Of its subscription, as the agent knows it: sub_… */
  id: string;
  event_type: string;
  /** What it asked for, as it sent them */
  arguments: {
    [field: string]: unknown;
  };
  /** What its arguments ask of an event's data, in words; null when it takes all of the type */
  asks_for: string | null;
  /** ids: it is sent ids, states, counts, times and a link; full: all of the event's data */
  detail: "ids" | "full";
  /** What its program calls itself; null when it did not say */
  client: string | null;
  /** The API key that subscribed; null when that was revoked, which ends it */
  key: {
    id: string;
    name: string | null;
    prefix: string;
  } | null;
  /** Where its events are sent */
  callback_url: string;
  /** Whether events are sent as they come; false while its URL fails too often for that */
  is_active: boolean;
  /** How it fares over the last 15 minutes */
  health: {
    /** failing while an incident lasts, or attempts fail and nothing was delivered in the last 15 minutes; degraded while a notable share of them fails (from 5 % and two failures on, until below 2 %); else healthy */
    state: "healthy" | "degraded" | "failing";
    /** In the last 15 minutes, or since the last incident if that ended later; without tests */
    attempts: number;
    /** Of those, how many failed */
    failed: number;
    /** Since when it is degraded or failing; null while it is healthy */
    since: string | null;
  };
  /** When something was last delivered to it; null when never */
  last_delivery_at: string | null;
  /** Deliveries that wait */
  pending_count: number;
  /** Why its latest attempt failed; null when that succeeded, or none was made */
  failure: {
    /** Stable; /docs/causes lists them all */
    code: string;
    meaning: string;
    next_step: string;
  } | null;
  /** ISO 8601, UTC, with milliseconds */
  created_at: string;
  /** When it ends, unless the agent refreshes it before */
  expires_at: string;
};

export type AgentDelivery = {
  /** The event's id */
  id: string;
  event_type: string;
  /** When the event was accepted */
  timestamp: string;
  status: "pending" | "delivered" | "failed" | "cancelled";
  /** HTTP status of the latest attempt; null when no answer came */
  status_code: number | null;
  attempt_count: number;
  next_attempt_at: string | null;
  /** Why it waits: its webhook is off (inactive) or paused, its breaker is open, its content was refused and it keeps a schedule of its own (set_aside), or as many requests as may are under way (limit) */
  held: "inactive" | "paused" | "listener" | "platform" | "breaker" | "set_aside" | "rate_limit" | "limit" | null;
  is_test: boolean;
  /** Why the latest attempt failed; null on success */
  error: DeliveryError | null;
  /** The latest attempt's request */
  request?: {
    /** As sent, without the signatures */
    headers: {
      [field: string]: string;
    };
    /** The exact text of the body */
    payload: string;
  };
  /** The latest attempt's response; null when none came */
  response?: {
    headers: {
      [field: string]: string | Array<string>;
    };
    /** The start of the body as UTF-8 text, at most 16 KiB */
    body: string;
    /** Whether the body was longer */
    truncated: boolean;
  } | null;
  /** Why the latest attempt failed, where one delivery was asked for; null when it did not */
  diagnosis?: Diagnosis | null;
  /** What is odd about an answer that counts as delivered, told with the diagnosis; null when nothing is */
  hint?: Cause | null;
};

export type AgentDeliveryWithAttempts = {
  /** The event's id */
  id: string;
  event_type: string;
  /** When the event was accepted */
  timestamp: string;
  status: "pending" | "delivered" | "failed" | "cancelled";
  /** HTTP status of the latest attempt; null when no answer came */
  status_code: number | null;
  attempt_count: number;
  next_attempt_at: string | null;
  /** Why it waits: its webhook is off (inactive) or paused, its breaker is open, its content was refused and it keeps a schedule of its own (set_aside), or as many requests as may are under way (limit) */
  held: "inactive" | "paused" | "listener" | "platform" | "breaker" | "set_aside" | "rate_limit" | "limit" | null;
  is_test: boolean;
  /** Why the latest attempt failed; null on success */
  error: DeliveryError | null;
  /** The latest attempt's request */
  request?: {
    /** As sent, without the signatures */
    headers: {
      [field: string]: string;
    };
    /** The exact text of the body */
    payload: string;
  };
  /** The latest attempt's response; null when none came */
  response?: {
    headers: {
      [field: string]: string | Array<string>;
    };
    /** The start of the body as UTF-8 text, at most 16 KiB */
    body: string;
    /** Whether the body was longer */
    truncated: boolean;
  } | null;
  /** Why the latest attempt failed, where one delivery was asked for; null when it did not */
  diagnosis?: Diagnosis | null;
  /** What is odd about an answer that counts as delivered, told with the diagnosis; null when nothing is */
  hint?: Cause | null;
  /** The latest 100, newest first; fewer when their answers are large */
  attempts: Array<Attempt>;
};

export type AgentTrace = {
  agent_id: string;
  client: string | null;
  callback_url: string;
  /** Its delivery of the event, without request and response; null when there is none */
  delivery: AgentDelivery | null;
  /** Why it was not sent the event; null when it was */
  why: string | null;
};

export type ApiKey = {
  id: string;
  name: string | null;
  /** The first characters of the key, to tell keys apart */
  prefix: string;
  /** Whether it may change anything (full), or only look (read) */
  access: "full" | "read";
  /** ISO 8601, UTC, with milliseconds */
  created_at: string;
  /** To about a minute; null when it was never used */
  last_used_at: string | null;
  /** It is refused from then on; null when it never ends by itself */
  expires_at: string | null;
};

export type Attempt = {
  /** 1, 2, … without gaps */
  number: number;
  /** ISO 8601, UTC, with milliseconds */
  started_at: string;
  duration_ms: number;
  status_code: number | null;
  error: DeliveryError | null;
  reason: "scheduled" | "manual" | "test" | "probe";
  /** Milliseconds in each phase; null where a phase did not happen */
  timings: {
    dns: number | null;
    connect: number | null;
    tls: number | null;
    first_byte: number | null;
    body: number | null;
  };
  /** The body is the delivery's payload, the same in every attempt */
  request: {
    /** As sent, without the signatures */
    headers: {
      [field: string]: string;
    };
  };
  response: {
    headers: {
      [field: string]: string | Array<string>;
    };
    /** The start of the body as UTF-8 text, at most 16 KiB */
    body: string;
    /** Whether the body was longer */
    truncated: boolean;
  } | null;
};

export type AuditEntry = {
  id: string;
  /** ISO 8601, UTC, with milliseconds */
  at: string;
  action: "webhook.created" | "webhook.updated" | "webhook.switched_on" | "webhook.switched_off" | "webhook.paused" | "webhook.resumed" | "webhook.secret_rotated" | "webhook.tested" | "webhook.redelivered" | "webhook.recovery_started" | "webhook.pending_cancelled" | "webhook.deleted" | "recovery.started" | "recovery.cancelled" | "mark.posted" | "mark.deleted" | "agent.subscribed" | "agent.unsubscribed" | "agent.lapsed" | "agent.terminated" | "api_key.created" | "api_key.revoked" | "api_key.expired" | "invitation.created" | "invitation.revoked" | "member.joined" | "member.role_changed" | "member.removed" | "member.notices_chosen" | "reset_link.created" | "portal_link.created" | "customer.created" | "customer.renamed" | "customer.deleted" | "platform.delivery_paused" | "platform.delivery_resumed";
  /** What was changed; it may be gone */
  subject: {
    kind: "webhook" | "recovery" | "mark" | "agent" | "api_key" | "invitation" | "member" | "reset_link" | "portal_link" | "customer" | "platform";
    id: string;
    /** What it was called then: a URL, the name of a key, an email address */
    name: string | null;
  };
  /** Each field before and after, or what was asked for; a secret is only ever told as hidden */
  changes: Array<{
    field: string;
    from: string | number | boolean | Array<string> | null;
    to: string | number | boolean | Array<string> | null;
  }>;
  /** Who, as they were called then, and from where; system is Fanfare itself, by its rules */
  by: {
    kind: "member" | "portal" | "key" | "platform" | "operator" | "system";
    id: string;
    name: string | null;
    email: string | null;
    address: string | null;
    user_agent: string | null;
  };
};

export type Cause = {
  /** Stable; /docs/causes lists them all */
  code: string;
  /** What it means, in plain words */
  meaning: string;
  /** The one thing to do */
  next_step: string;
  /** How to tell it from others that look the same */
  tell_apart: string | null;
};

export type Condition = {
  op: "equals";
  /** From data on, which may be named; a list on the way stands for each of its entries */
  path: string;
  /** A string, a number, true, false or null */
  value: string | number | boolean | null;
} | {
  op: "in";
  /** From data on, which may be named; a list on the way stands for each of its entries */
  path: string;
  values: Array<string | number | boolean | null>;
} | {
  op: "less" | "at_most" | "at_least" | "greater";
  /** From data on, which may be named; a list on the way stands for each of its entries */
  path: string;
  /** A number, or a time or day as ISO 8601 has it; only values of the same kind are compared */
  value: number | string;
} | {
  op: "prefix";
  /** From data on, which may be named; a list on the way stands for each of its entries */
  path: string;
  value: string;
} | {
  op: "exists";
  /** From data on, which may be named; a list on the way stands for each of its entries */
  path: string;
  /** Whether there must be anything, or nothing; null is something */
  value: boolean;
} | {
  op: "and" | "or";
  conditions: Array<Condition>;
} | {
  op: "not";
  condition: Condition;
};

export type Customer = {
  id: string;
  name: string;
  /** Your own id of the customer: accepted wherever an id is */
  external_id: string | null;
  /** ISO 8601, UTC, with milliseconds */
  created_at: string;
};

export type Delivery = {
  /** The event's id */
  id: string;
  webhook_id: string;
  event_type: string;
  /** When the event was accepted */
  timestamp: string;
  status: "pending" | "delivered" | "failed" | "cancelled";
  /** HTTP status of the latest attempt; null when no answer came */
  status_code: number | null;
  attempt_count: number;
  next_attempt_at: string | null;
  /** Why it waits: its webhook is off (inactive) or paused, its breaker is open, its content was refused and it keeps a schedule of its own (set_aside), or as many requests as may are under way (limit) */
  held: "inactive" | "paused" | "listener" | "platform" | "breaker" | "set_aside" | "rate_limit" | "limit" | null;
  is_test: boolean;
  /** The URL that a test tried in place of the webhook's; null for everything else */
  tried_url: string | null;
  /** Why the latest attempt failed; null on success */
  error: DeliveryError | null;
  /** The latest attempt's request */
  request?: {
    /** As sent, without the signatures */
    headers: {
      [field: string]: string;
    };
    /** The exact text of the body */
    payload: string;
  };
  /** The latest attempt's response; null when none came */
  response?: {
    headers: {
      [field: string]: string | Array<string>;
    };
    /** The start of the body as UTF-8 text, at most 16 KiB */
    body: string;
    /** Whether the body was longer */
    truncated: boolean;
  } | null;
  /** Why the latest attempt failed, where one delivery was asked for; null when it did not */
  diagnosis?: Diagnosis | null;
  /** What is odd about an answer that counts as delivered, told with the diagnosis; null when nothing is */
  hint?: Cause | null;
};

export type DeliveryError = {
  code: "dns_error" | "dns_timeout" | "blocked_address" | "connect_refused" | "connect_reset" | "connect_timeout" | "proxy_error" | "tls_error" | "tls_timeout" | "protocol_error" | "header_overflow" | "response_timeout" | "redirect" | "http_status" | "gone" | "rate_limited" | "worker_lost" | "expired" | "internal";
  message: string;
};

export type DeliveryWithAttempts = {
  /** The event's id */
  id: string;
  webhook_id: string;
  event_type: string;
  /** When the event was accepted */
  timestamp: string;
  status: "pending" | "delivered" | "failed" | "cancelled";
  /** HTTP status of the latest attempt; null when no answer came */
  status_code: number | null;
  attempt_count: number;
  next_attempt_at: string | null;
  /** Why it waits: its webhook is off (inactive) or paused, its breaker is open, its content was refused and it keeps a schedule of its own (set_aside), or as many requests as may are under way (limit) */
  held: "inactive" | "paused" | "listener" | "platform" | "breaker" | "set_aside" | "rate_limit" | "limit" | null;
  is_test: boolean;
  /** The URL that a test tried in place of the webhook's; null for everything else */
  tried_url: string | null;
  /** Why the latest attempt failed; null on success */
  error: DeliveryError | null;
  /** The latest attempt's request */
  request?: {
    /** As sent, without the signatures */
    headers: {
      [field: string]: string;
    };
    /** The exact text of the body */
    payload: string;
  };
  /** The latest attempt's response; null when none came */
  response?: {
    headers: {
      [field: string]: string | Array<string>;
    };
    /** The start of the body as UTF-8 text, at most 16 KiB */
    body: string;
    /** Whether the body was longer */
    truncated: boolean;
  } | null;
  /** Why the latest attempt failed, where one delivery was asked for; null when it did not */
  diagnosis?: Diagnosis | null;
  /** What is odd about an answer that counts as delivered, told with the diagnosis; null when nothing is */
  hint?: Cause | null;
  /** The latest 100, newest first; fewer when their answers are large */
  attempts: Array<Attempt>;
};

export type Diagnosis = {
  /** Stable; /docs/causes lists them all */
  code: string;
  /** What it means, in plain words */
  meaning: string;
  /** The one thing to do */
  next_step: string;
  /** certain: one cause; likely: the causes listed look the same; unknown: what came back is told */
  confidence: "certain" | "likely" | "unknown";
  /** What came back, in one sentence and without a guess */
  symptom: string;
  /** What explains it, the best first */
  causes: Array<Cause>;
  /** A URL that would probably work; try it before you take it */
  suggested_url: string | null;
  /** Whether the signature helper of the dashboard goes on from here */
  is_about_signature: boolean;
};

export type EventType = {
  type: string;
  description: string;
  target_type: string;
  /** JSON Schema of data */
  schema: {
    [field: string]: unknown;
  };
  /** An example of data */
  sample: {
    [field: string]: unknown;
  };
};

export type FilterPreview = {
  /** How many of the customer's latest events of these types were looked at, at most 500 */
  looked: number;
  /** How many of those a webhook with this filter would have been sent */
  matched: number;
  /** False when there may be more of these types, longer ago than was looked */
  is_complete: boolean;
  /** The newest of those that would have been sent */
  would: Array<{
    event_id: string;
    type: string;
    /** ISO 8601, UTC, with milliseconds */
    created_at: string;
  }>;
  /** The newest of those that would not, and why */
  would_not: Array<{
    event_id: string;
    type: string;
    /** ISO 8601, UTC, with milliseconds */
    created_at: string;
    why: string;
  }>;
};

export type Incident = {
  id: string;
  webhook_id: string;
  /** When the first of the attempts in a row that failed began */
  started_at: string;
  /** When an attempt succeeded again; null while it lasts */
  ended_at: string | null;
  /** What the failure that made it an incident tells by itself */
  cause: {
    /** Stable; /docs/causes lists them all */
    code: string;
    confidence: "certain" | "likely" | "unknown";
    meaning: string;
    next_step: string;
  };
  /** The event whose delivery shows the cause, as long as that is kept */
  event_id: string;
  event_type: string;
  /** Deliveries that waited when it ended; 0 while it lasts */
  held_count: number;
  /** What attempts that failed came to: HTTP status, or error code when no answer came; most first. Null in a list until it is first counted, a minute later at most */
  outcomes: Array<{
    code: string;
    count: number;
  }> | null;
  /** What became of the deliveries that it held up: of events accepted during it or up to 5 minutes before, that had not ended by then. Null like outcomes */
  deliveries: {
    delivered: number;
    failed: number;
    cancelled: number;
    pending: number;
  } | null;
  /** False when there were too many events to count them all */
  is_complete: boolean;
};

export type ListedEvent = {
  id: string;
  type: string;
  /** When it was accepted */
  created_at: string;
  data: unknown;
  /** How many webhooks matched when it was accepted */
  deliveries: number;
  is_test: boolean;
  /** How many of its deliveries stand how; of those that are kept */
  outcomes: {
    [field: string]: number;
  };
  /** Of a text search: where the payload holds the text; null when it is the event's id */
  hit?: {
    /** Such as data.reasons[1]; null when it is no part of one value */
    path: string | null;
    /** The value, or what is around the text */
    excerpt: string;
  } | null;
};

export type Listener = {
  name: string;
  /** Where the program that listens sends what it takes */
  forwards_to: string;
  /** Whether a program listens now; else what comes waits for it */
  is_connected: boolean;
  /** When a program last asked for something */
  last_heard_at: string;
  /** When it is deleted unless a program listens before */
  expires_at: string;
};

export type Mark = {
  id: string;
  /** posted: by the customer; else a change of a webhook's settings */
  kind: "posted" | "edited" | "rotated" | "switched_on" | "switched_off" | "paused" | "resumed";
  /** What happened, in words */
  name: string;
  /** Where more of it can be read */
  url: string | null;
  /** Null when it is of all webhooks */
  webhook_id: string | null;
  /** ISO 8601, UTC, with milliseconds */
  at: string;
  /** Who changed it, by their name of then; null when posted */
  by: string | null;
};

export type NewApiKey = {
  id: string;
  name: string | null;
  /** The first characters of the key, to tell keys apart */
  prefix: string;
  /** Whether it may change anything (full), or only look (read) */
  access: "full" | "read";
  /** ISO 8601, UTC, with milliseconds */
  created_at: string;
  /** To about a minute; null when it was never used */
  last_used_at: string | null;
  /** It is refused from then on; null when it never ends by itself */
  expires_at: string | null;
  /** The key itself, shown this once */
  key: string;
};

export type PortalLink = {
  /** Signs in once, as a member of the customer */
  url: string;
  /** ISO 8601, UTC, with milliseconds */
  expires_at: string;
};

export type PublishedEvent = {
  id: string;
  /** To how many webhooks it goes */
  deliveries: number;
  /** Set when the same event was accepted before */
  duplicate?: true;
};

export type Recovery = {
  /** Deliveries to send again, as far as they are known: more are found in a long range */
  total: number;
  /** How many of them are dealt with: sent again, or in no need of it any more */
  done: number;
  /** cancelled = somebody stopped it; what it had sent again stays so */
  state: "running" | "done" | "cancelled";
};

export type RecoveryOfCustomer = {
  id: string;
  /** The only webhook that it is for; null for all */
  webhook_id: string | null;
  /** Null for all that was kept */
  since: string | null;
  /** ISO 8601, UTC, with milliseconds */
  until: string;
  /** Empty when deliveries were chosen one by one */
  include: Array<"failed" | "missed" | "delivered" | "cancelled">;
  /** Null for any */
  event_types: Array<string> | null;
  code_class: number | null;
  status_code: number | null;
  /** As far as they are known: more are found in a long range */
  total: number;
  /** How many of them are dealt with: made due, or in no need of it any more */
  done: number;
  made_due: number;
  /** cancelled = stopped; what it had made due goes out all the same */
  state: "running" | "done" | "cancelled";
  /** ISO 8601, UTC, with milliseconds */
  created_at: string;
  ended_at: string | null;
};

export type RecoveryWithOutcomes = {
  id: string;
  /** The only webhook that it is for; null for all */
  webhook_id: string | null;
  /** Null for all that was kept */
  since: string | null;
  /** ISO 8601, UTC, with milliseconds */
  until: string;
  /** Empty when deliveries were chosen one by one */
  include: Array<"failed" | "missed" | "delivered" | "cancelled">;
  /** Null for any */
  event_types: Array<string> | null;
  code_class: number | null;
  status_code: number | null;
  /** As far as they are known: more are found in a long range */
  total: number;
  /** How many of them are dealt with: made due, or in no need of it any more */
  done: number;
  made_due: number;
  /** cancelled = stopped; what it had made due goes out all the same */
  state: "running" | "done" | "cancelled";
  /** ISO 8601, UTC, with milliseconds */
  created_at: string;
  ended_at: string | null;
  /** What became of what it made due, but for what a later recovery made due again */
  outcomes: {
    delivered: number;
    /** Answered with anything but a 2xx since; some are retried */
    refused_again: number;
    /** Attempted since, without an answer; some are retried */
    unanswered: number;
    /** Not attempted since */
    waiting: number;
    /** Cancelled, or expired before an attempt */
    given_up: number;
  };
};

export type RunningRecovery = {
  /** Deliveries to send again, as far as they are known: more are found in a long range */
  total: number;
  /** How many of them are dealt with: sent again, or in no need of it any more */
  done: number;
  /** cancelled = somebody stopped it; what it had sent again stays so */
  state: "running" | "done" | "cancelled";
  id: string;
  /** ISO 8601, UTC, with milliseconds */
  created_at: string;
};

export type Trace = {
  webhook_id: string;
  webhook_url: string;
  /** Its delivery of the event, without request and response */
  delivery: Delivery | null;
  /** Why there is no delivery (filtered: its content was not what the webhook's conditions ask for; pruned: there was one, longer ago than is kept); null when there is one */
  reason: "inactive" | "not_subscribed" | "filtered" | "about_itself" | "created_later" | "pruned" | null;
  /** Of what was filtered: what its content was, and what was asked for, when it was accepted; else null */
  why: string | null;
};

export type TracedEvent = {
  id: string;
  type: string;
  /** When it was accepted */
  created_at: string;
  data: unknown;
  /** How many webhooks matched when it was accepted */
  deliveries: number;
  is_test: boolean;
  /** What came of it, per webhook of the customer */
  webhooks: Array<Trace>;
  /** The same for agents that asked for its type, those aside that ended since */
  agents: Array<AgentTrace>;
};

export type Webhook = {
  id: string;
  /** Where events are sent; of a listener fanfare-listen:// and its name */
  webhook_url: string;
  is_active: boolean;
  /** Whether requests are signed. The secret itself is never shown */
  has_secret: boolean;
  client_certificate: {
    subject: string;
    issuer: string;
    /** SHA-256 of the certificate, as openssl writes it */
    fingerprint: string;
    /** ISO 8601, UTC, with milliseconds */
    expires_at: string;
  } | null;
  /** disabled when inactive; failing when the attempt that ended last was not a 2xx; else active */
  status: "active" | "failing" | "disabled";
  /** How it fares over the last 15 minutes: this does not turn with each attempt */
  health: {
    /** failing while an incident lasts, or attempts fail and nothing was delivered in the last 15 minutes; degraded while a notable share of them fails (from 5 % and two failures on, until below 2 %); else healthy */
    state: "healthy" | "degraded" | "failing";
    /** In the last 15 minutes, or since the last incident if that ended later; without tests */
    attempts: number;
    /** Of those, how many failed */
    failed: number;
    /** Since when it is degraded or failing; null while it is healthy */
    since: string | null;
  };
  /** Time of the most recent attempt; null when none */
  last_delivery_at: string | null;
  /** HTTP status of the most recent attempt; null when no answer came */
  last_delivery_status: number | null;
  /** The event types that it receives; * is all of them, future ones too */
  events: Array<string>;
  /** What the data of events must be like to be sent, by type; * is for every type that has none of its own. Null when nothing is asked of it */
  conditions: {
    [field: string]: Condition;
  } | null;
  description: string | null;
  /** Sent with every request, beside what Fanfare sets itself */
  headers: Array<{
    name: string;
    /** Null for a secret one, which is never shown */
    value: string | null;
    is_secret: boolean;
  }>;
  /** Deliveries that may begin in a second; null for as many as go */
  rate_limit: number | null;
  /** How long an attempt may take; null for as long as DELIVERY_TIMEOUT lets any */
  timeout_seconds: number | null;
  /** Somebody holds what waits although it is active: nothing is sent, and nothing is missed */
  is_paused: boolean;
  /** When the pause ends by itself; null when it does not, and when it is not paused */
  paused_until: string | null;
  /** A program takes its events, and no request is made to a URL; null for every other webhook */
  listener: Listener | null;
  /** ISO 8601, UTC, with milliseconds */
  created_at: string;
  /** ISO 8601, UTC, with milliseconds */
  updated_at: string;
  /** What it comes close to, while everything is still delivered */
  warnings: Array<{
    /** Its certificate ends within 14 days (or is in the last third of its time, if that is shorter) · 95 % of what succeeded in an hour took longer than half of the timeout */
    code: "certificate_expiring" | "client_certificate_expiring" | "slow";
    /** ISO 8601, UTC, with milliseconds */
    since: string;
    /** When the certificate ends; null for other warnings */
    expires_at: string | null;
    /** What 95 % of an hour's successes took at most; null for other warnings */
    p95_ms: number | null;
  }>;
  /** Why Fanfare switched it off; null when it did not */
  disabled_reason: string | null;
};

export type WebhookDiagnosis = {
  /** Of the attempt that ended last, if that failed; of the latest that failed while the webhook is degraded; else null */
  diagnosis: Diagnosis | null;
  /** The event whose delivery shows it */
  event_id: string | null;
  event_type: string | null;
  /** What that answer said in words, in one line */
  answer: string | null;
  /** Since when it fails, an incident as a whole */
  failing_since: string | null;
  failures_in_a_row: number;
  /** What attempts came to: HTTP status, or error code when no answer came; most first. In the minutes since it fails (in the hours, after a day), or while it is degraded in the last 15 minutes, or since its last incident */
  outcomes: Array<{
    code: string;
    count: number;
  }>;
  /** From when these are counted; null when none is */
  counted_since: string | null;
  /** When something was last delivered, as far as its latest deliveries tell */
  last_success_at: string | null;
};

/** The calls of the API that a key can make. */
export type Calls = {
  webhooks: {
    /** List webhooks */
    list(input?: undefined, options?: CallOptions): Promise<Array<Webhook>>;
    /** Get a webhook */
    get(input: {
      webhook_id: string;
    }, options?: CallOptions): Promise<Webhook>;
    /** Register a webhook. Always a new one, up to 10 for a customer, unless it has the Idempotency-Key of one that was made in the last 24 hours. */
    create(input: {
      /** An https URL that is reachable from the internet */
      webhook_url: string;
      /** Signs the requests; write-only. Any text, taken as its UTF-8 bytes, or whsec_ and base64. Libraries of Standard Webhooks decode what they are given from base64: for one of these, take a whsec_ secret, or give it whsec_ and the base64 of the text's bytes */
      secret?: string | undefined;
      /** Shown to endpoints that ask for a client certificate (mTLS); none when null */
      client_certificate?: {
        /** In PEM: its own certificate first, then each one's issuer, as far as the endpoint needs them */
        certificate: string;
        /** In PEM, without a passphrase; write-only */
        private_key: string;
      } | null | undefined;
      is_active?: boolean | undefined;
      /** The event types that it receives: types of the catalogue, * for all that the platform publishes and webhook.* for all that is told of the customer's other webhooks, future ones too; none when empty */
      events?: Array<"*" | "webhook.*" | "cdd_state_changed" | "monitoring_alert_fired" | "cdd_document_fetched" | "search_completed" | "alert_remediated" | "flow_run_completed" | "flow_run_failed" | "webhook.failing" | "webhook.recovered" | "webhook.disabling_soon" | "webhook.disabled" | "webhook.certificate_expiring" | "webhook.client_certificate_expiring" | "webhook.slow"> | undefined;
      /** What the data of events must be like to be sent, by type of event; * is for every type that has none of its own. A type without a condition is not narrowed */
      conditions?: {
        [field: string]: Condition;
      } | null | undefined;
      /** Words for people */
      description?: string | null | undefined;
      /** Sent with every request, beside what Fanfare sets itself; names are alike in any case */
      headers?: Array<{
        /** None that Fanfare sets itself, or that belongs to the connection or the body */
        name: string;
        /** ASCII. A secret one that is null or left out keeps the value that it has */
        value?: string | null | undefined;
        /** Its value is write-only: kept encrypted, and never shown again */
        is_secret?: boolean | undefined;
      }> | undefined;
      /** Deliveries that may begin in a second, those of the last second saved up; null for as many as go. Tests and probes of a failing endpoint do not wait for it */
      rate_limit?: number | null | undefined;
      /** How long an attempt may take, at most DELIVERY_TIMEOUT; null for as long as that */
      timeout_seconds?: number | null | undefined;
    }, options?: RepeatableOptions): Promise<Webhook>;
    /** Change a webhook. What is left out is kept. A new URL or secret closes the breaker and clears the countdown to switching off. */
    update(input: {
      webhook_id: string;
      /** An https URL that is reachable from the internet */
      webhook_url?: string | undefined;
      /** Replaces the secret at once; empty removes it */
      secret?: string | undefined;
      /** Shown to endpoints that ask for a client certificate (mTLS); none when null */
      client_certificate?: {
        /** In PEM: its own certificate first, then each one's issuer, as far as the endpoint needs them */
        certificate: string;
        /** In PEM, without a passphrase; write-only */
        private_key: string;
      } | null | undefined;
      is_active?: boolean | undefined;
      /** The event types that it receives: types of the catalogue, * for all that the platform publishes and webhook.* for all that is told of the customer's other webhooks, future ones too; none when empty */
      events?: Array<"*" | "webhook.*" | "cdd_state_changed" | "monitoring_alert_fired" | "cdd_document_fetched" | "search_completed" | "alert_remediated" | "flow_run_completed" | "flow_run_failed" | "webhook.failing" | "webhook.recovered" | "webhook.disabling_soon" | "webhook.disabled" | "webhook.certificate_expiring" | "webhook.client_certificate_expiring" | "webhook.slow"> | undefined;
      /** Replaces all of them; null removes them */
      conditions?: {
        [field: string]: Condition;
      } | null | undefined;
      /** Words for people */
      description?: string | null | undefined;
      /** Replace the list */
      headers?: Array<{
        /** None that Fanfare sets itself, or that belongs to the connection or the body */
        name: string;
        /** ASCII. A secret one that is null or left out keeps the value that it has */
        value?: string | null | undefined;
        /** Its value is write-only: kept encrypted, and never shown again */
        is_secret?: boolean | undefined;
      }> | undefined;
      /** Deliveries that may begin in a second, those of the last second saved up; null for as many as go. Tests and probes of a failing endpoint do not wait for it */
      rate_limit?: number | null | undefined;
      /** How long an attempt may take, at most DELIVERY_TIMEOUT; null for as long as that */
      timeout_seconds?: number | null | undefined;
    }, options?: CallOptions): Promise<Webhook>;
    /** Pause a webhook. It stays active: what waits and what comes is held, and nothing is missed. Tests go out. Pausing a paused one changes its end; switching it off ends the pause. */
    pause(input: {
      webhook_id: string;
      /** When it resumes by itself, before anything that waits expires; by hand when absent or null */
      paused_until?: string | null | undefined;
    }, options?: CallOptions): Promise<Webhook>;
    /** Resume a paused webhook. What was held goes out, from one at a time. One that is not paused stays as it is. */
    resume(input: {
      webhook_id: string;
    }, options?: CallOptions): Promise<Webhook>;
    /** Delete a webhook. Delivery stops at once, and pending deliveries are cancelled. */
    delete(input: {
      webhook_id: string;
    }, options?: CallOptions): Promise<null>;
    /** Send a test event. Answers once its single attempt ended. Works for an inactive webhook and any event type; counts for nothing but status and last delivery. */
    test(input: {
      webhook_id: string;
      /** A type of the catalogue */
      event_type: "cdd_state_changed" | "monitoring_alert_fired" | "cdd_document_fetched" | "search_completed" | "alert_remediated" | "flow_run_completed" | "flow_run_failed" | "webhook.failing" | "webhook.recovered" | "webhook.disabling_soon" | "webhook.disabled" | "webhook.certificate_expiring" | "webhook.client_certificate_expiring" | "webhook.slow";
      /** Checked like a published one; the catalogue's sample when absent */
      data?: unknown;
    }, options?: CallOptions): Promise<Delivery>;
    /** Try another URL. Sends a test to it, and makes it the webhook's URL only when that was answered with 2xx; nothing is changed otherwise. Then a test of the webhook follows, which says that it works again. */
    tryUrl(input: {
      webhook_id: string;
      /** An https URL that is reachable from the internet */
      webhook_url: string;
      /** Of the test; one that the webhook receives when absent */
      event_type?: "cdd_state_changed" | "monitoring_alert_fired" | "cdd_document_fetched" | "search_completed" | "alert_remediated" | "flow_run_completed" | "flow_run_failed" | "webhook.failing" | "webhook.recovered" | "webhook.disabling_soon" | "webhook.disabled" | "webhook.certificate_expiring" | "webhook.client_certificate_expiring" | "webhook.slow" | undefined;
    }, options?: CallOptions): Promise<{
      /** Whether it is the webhook's URL now: it answered with 2xx */
      is_taken: boolean;
      previous_url: string;
      /** The test, with its diagnosis when it failed */
      delivery: Delivery;
    }>;
    /** Rotate the signing secret. Both secrets sign during the overlap. A secret that was generated here is shown this once. */
    rotateSecret(input: {
      webhook_id: string;
      /** The new secret; one is generated when absent */
      secret?: string | undefined;
      overlap_seconds?: number | undefined;
    }, options?: CallOptions): Promise<{
      secret: string;
    } | null>;
    /** Send again what failed or was missed. Runs in small batches; its progress can be asked for. When many were refused alike, it says so: they may be refused again. */
    recover(input: {
      webhook_id: string;
      /** ISO 8601 with Z or an offset */
      since: string;
      /** Now when absent */
      until?: string | undefined;
      /** missed = matched the filter while the webhook was inactive or did not exist yet */
      include?: Array<"failed" | "missed"> | undefined;
    }, options?: CallOptions): Promise<{
      id: string;
      /** Deliveries to send again */
      count: number;
      /** False when only the first 100,000 events of the range were counted: then there are at least as many */
      is_complete: boolean;
      /** The largest part of them whose content was last refused with one status (400, 409, 413, 415, 422), which may well be again: redeliver one first. Null when none was */
      refused: {
        status_code: number;
        count: number;
        oldest_event_id: string;
      } | null;
    }>;
    /** Get the progress of a recovery */
    recovery(input: {
      webhook_id: string;
      recovery_id: string;
    }, options?: CallOptions): Promise<Recovery>;
    runningRecoveries(input: {
      webhook_id: string;
    }, options?: CallOptions): Promise<Array<RunningRecovery>>;
    countRecoverable(input: {
      webhook_id: string;
      /** ISO 8601 with Z or an offset */
      since: string;
      /** Now when absent */
      until?: string | undefined;
      /** missed = matched the filter while the webhook was inactive or did not exist yet */
      include?: Array<"failed" | "missed"> | undefined;
    }, options?: CallOptions): Promise<{
      count: number;
      /** False when only the first 100,000 events of the range were counted: then there are at least as many */
      is_complete: boolean;
      /** The largest part of them whose content was last refused with one status (400, 409, 413, 415, 422), which may well be again: redeliver one first. Null when none was */
      refused: {
        status_code: number;
        count: number;
        oldest_event_id: string;
      } | null;
    }>;
    /** Cancel what is pending. Cancels what is pending, in place of sending it later. */
    cancelPending(input: {
      webhook_id: string;
    }, options?: CallOptions): Promise<{
      /** Deliveries cancelled */
      count: number;
    }>;
    preview(input?: {
      /** The event types that it receives: types of the catalogue, * for all that the platform publishes and webhook.* for all that is told of the customer's other webhooks, future ones too; none when empty */
      events?: Array<"*" | "webhook.*" | "cdd_state_changed" | "monitoring_alert_fired" | "cdd_document_fetched" | "search_completed" | "alert_remediated" | "flow_run_completed" | "flow_run_failed" | "webhook.failing" | "webhook.recovered" | "webhook.disabling_soon" | "webhook.disabled" | "webhook.certificate_expiring" | "webhook.client_certificate_expiring" | "webhook.slow"> | undefined;
    }, options?: CallOptions): Promise<{
      days: number;
      count: number;
      /** False when there were too many to count all: then it is at least so many */
      is_complete: boolean;
    }>;
    /** Try a filter. How many of the latest events of these types it would have sent, with examples. Nothing is changed. */
    previewFilter(input?: {
      /** The event types that it receives: types of the catalogue, * for all that the platform publishes and webhook.* for all that is told of the customer's other webhooks, future ones too; none when empty */
      events?: Array<"*" | "webhook.*" | "cdd_state_changed" | "monitoring_alert_fired" | "cdd_document_fetched" | "search_completed" | "alert_remediated" | "flow_run_completed" | "flow_run_failed" | "webhook.failing" | "webhook.recovered" | "webhook.disabling_soon" | "webhook.disabled" | "webhook.certificate_expiring" | "webhook.client_certificate_expiring" | "webhook.slow"> | undefined;
      /** What the data of events must be like to be sent, by type of event; * is for every type that has none of its own. A type without a condition is not narrowed */
      conditions?: {
        [field: string]: Condition;
      } | null | undefined;
    }, options?: CallOptions): Promise<FilterPreview>;
    /** Explain why a webhook fails. What the attempt that ended last came to, what it means, and what to do. How sure that is, is said; causes that look the same are listed, the best first. */
    explain(input: {
      webhook_id: string;
    }, options?: CallOptions): Promise<WebhookDiagnosis>;
  };
  listeners: {
    open(input: {
      /** By which the program finds its listener again, such as user-laptop */
      name: string;
      /** Where the program sends what it takes. Nobody else does: it may be on its own machine */
      forwards_to: string;
      /** The event types that it receives; of a new one all, future ones too, when absent */
      events?: Array<"*" | "webhook.*" | "cdd_state_changed" | "monitoring_alert_fired" | "cdd_document_fetched" | "search_completed" | "alert_remediated" | "flow_run_completed" | "flow_run_failed" | "webhook.failing" | "webhook.recovered" | "webhook.disabling_soon" | "webhook.disabled" | "webhook.certificate_expiring" | "webhook.client_certificate_expiring" | "webhook.slow"> | undefined;
      /** Signs the requests; write-only. Any text, taken as its UTF-8 bytes, or whsec_ and base64. Libraries of Standard Webhooks decode what they are given from base64: for one of these, take a whsec_ secret, or give it whsec_ and the base64 of the text's bytes */
      secret?: string | undefined;
    }, options?: CallOptions): Promise<{
      webhook: Webhook;
      /** What listeners.open answered: another program's is refused */
      session: string;
      is_new: boolean;
      /** A program listened by this name until a moment ago: it takes nothing any more */
      took_over: boolean;
      /** How many events wait to be taken */
      pending_count: number;
    }>;
    take(input: {
      webhook_id: string;
      /** What listeners.open answered: another program's is refused */
      session: string;
      limit?: number | undefined;
      /** How long to wait for something */
      wait_ms?: number | undefined;
    }, options?: CallOptions): Promise<{
      deliveries: Array<{
        event_id: string;
        event_type: string;
        /** The number of this attempt; a report names it */
        attempt: number;
        reason: "scheduled" | "manual" | "test" | "probe";
        is_test: boolean;
        /** As they are to be sent, with the signatures */
        headers: {
          [field: string]: string;
        };
        /** The exact text of the body */
        body: string;
      }>;
    }>;
    report(input: {
      webhook_id: string;
      /** What listeners.open answered: another program's is refused */
      session: string;
      event_id: string;
      attempt: number;
      outcome: {
        kind: "response";
        status: number;
        /** Names in lower case */
        headers: {
          [field: string]: string | Array<string>;
        };
        /** Base64 of the first 16 KiB */
        body: string;
        /** Whether the body was longer */
        truncated: boolean;
        /** From the first byte that was sent to the end */
        duration_ms: number;
      } | {
        kind: "error";
        code: "connect_reset" | "connect_timeout" | "response_timeout" | "protocol_error";
        message: string;
        /** From the first byte that was sent to the end */
        duration_ms: number;
      } | {
        kind: "not_sent";
      };
    }, options?: CallOptions): Promise<{
      status: "delivered" | "failed" | "pending";
    }>;
  };
  incidents: {
    /** List a webhook's incidents. The times for which it failed in earnest, newest first: its breaker was open, or nothing got through for a minute. The newest 100 are kept, for a year. */
    list(input: {
      webhook_id: string;
    }, options?: CallOptions): Promise<Array<Incident>>;
    /** Get an incident */
    get(input: {
      webhook_id: string;
      incident_id: string;
    }, options?: CallOptions): Promise<Incident>;
  };
  deliveries: {
    /** List a webhook's deliveries. Newest first. A page may end early; only a missing link is the end. */
    list(input?: {
      webhook_id?: string | undefined;
      status?: "pending" | "delivered" | "failed" | "cancelled" | undefined;
      /** A type of the catalogue */
      event_type?: "cdd_state_changed" | "monitoring_alert_fired" | "cdd_document_fetched" | "search_completed" | "alert_remediated" | "flow_run_completed" | "flow_run_failed" | "webhook.failing" | "webhook.recovered" | "webhook.disabling_soon" | "webhook.disabled" | "webhook.certificate_expiring" | "webhook.client_certificate_expiring" | "webhook.slow" | undefined;
      /** First digit of the latest attempt's HTTP status; 0 when no answer came */
      code_class?: 0 | 2 | 3 | 4 | 5 | undefined;
      /** HTTP status of the latest attempt */
      status_code?: number | undefined;
      /** ISO 8601 with Z or an offset */
      since?: string | undefined;
      /** ISO 8601 with Z or an offset */
      until?: string | undefined;
      /** Only deliveries of which an attempt began in a time, as charts count them; with attempted_until */
      attempted_since?: string | undefined;
      /** The first moment after that time */
      attempted_until?: string | undefined;
      /** What such an attempt came to */
      attempt_outcome?: "delivered" | "failed" | undefined;
      /** What such an attempt was answered: an HTTP status, or the code of an error without an answer */
      attempt_answer?: string | "dns_error" | "dns_timeout" | "blocked_address" | "connect_refused" | "connect_reset" | "connect_timeout" | "proxy_error" | "tls_error" | "tls_timeout" | "protocol_error" | "header_overflow" | "response_timeout" | "redirect" | "http_status" | "gone" | "rate_limited" | "worker_lost" | "expired" | "internal" | undefined;
      /** An event's id, a whole value of its data, or a value at a place: data.case_id = C-42. Where nothing is found so, a part of the payload */
      text?: string | undefined;
      /** Whether to read payloads one by one, which also finds parts of values, in place of the index */
      payloads?: boolean | undefined;
      /** What this recovery made due */
      recovery_id?: string | undefined;
      /** What became of it since; with recovery_id only */
      outcome?: "delivered" | "refused_again" | "unanswered" | "waiting" | "given_up" | undefined;
      /** Whether to include request and response */
      content?: boolean | undefined;
      page_size?: number | undefined;
      /** Where the page begins: next_cursor of the page before */
      cursor?: string | undefined;
    }, options?: CallOptions): Promise<{
      items: Array<{
        /** The event's id */
        id: string;
        webhook_id: string;
        event_type: string;
        /** When the event was accepted */
        timestamp: string;
        status: "pending" | "delivered" | "failed" | "cancelled";
        /** HTTP status of the latest attempt; null when no answer came */
        status_code: number | null;
        attempt_count: number;
        next_attempt_at: string | null;
        /** Why it waits: its webhook is off (inactive) or paused, its breaker is open, its content was refused and it keeps a schedule of its own (set_aside), or as many requests as may are under way (limit) */
        held: "inactive" | "paused" | "listener" | "platform" | "breaker" | "set_aside" | "rate_limit" | "limit" | null;
        is_test: boolean;
        /** The URL that a test tried in place of the webhook's; null for everything else */
        tried_url: string | null;
        /** Why the latest attempt failed; null on success */
        error: DeliveryError | null;
        /** The latest attempt's request */
        request?: {
          /** As sent, without the signatures */
          headers: {
            [field: string]: string;
          };
          /** The exact text of the body */
          payload: string;
        };
        /** The latest attempt's response; null when none came */
        response?: {
          headers: {
            [field: string]: string | Array<string>;
          };
          /** The start of the body as UTF-8 text, at most 16 KiB */
          body: string;
          /** Whether the body was longer */
          truncated: boolean;
        } | null;
        /** Why the latest attempt failed, where one delivery was asked for; null when it did not */
        diagnosis?: Diagnosis | null;
        /** What is odd about an answer that counts as delivered, told with the diagnosis; null when nothing is */
        hint?: Cause | null;
        /** Of a text search: where the payload holds the text; null when it is the event's id */
        hit?: {
          /** Such as data.reasons[1]; null when it is no part of one value */
          path: string | null;
          /** The value, or what is around the text */
          excerpt: string;
        } | null;
      }>;
      next_cursor: string | null;
      /** By the index of whole values, or by reading payloads one by one; null when no text was looked for */
      searched_by: "index" | "payloads" | null;
      /** How far back was looked; null when that is all that is kept, or the page is full */
      searched_back_to: string | null;
    }>;
    /** Get a delivery with its attempts */
    get(input: {
      webhook_id: string;
      event_id: string;
    }, options?: CallOptions): Promise<DeliveryWithAttempts>;
    /** Send a delivery again. Due now with a fresh schedule and the same event id; attempts go on counting. While the breaker is open it is the next probe, at once; while the webhook is paused it is held. */
    redeliver(input: {
      webhook_id: string;
      event_id: string;
    }, options?: CallOptions): Promise<null>;
    /** Send many deliveries again. Up to 200, each answered for: what cannot be sent again keeps no other from it. */
    redeliverMany(input: {
      deliveries: Array<{
        webhook_id: string;
        event_id: string;
      }>;
    }, options?: CallOptions): Promise<{
      /** Tells what becomes of them; null when none is due */
      recovery_id: string | null;
      /** One for each, in the order of the question */
      answers: Array<"due" | "not_found" | "inactive" | "is_test">;
    }>;
    sign(input: {
      webhook_id: string;
      event_id: string;
    }, options?: CallOptions): Promise<{
      headers: {
        [field: string]: string;
      };
    }>;
  };
  recoveries: {
    /** Send again what fits a filter. To one webhook, or to all that are active: what failed, and if asked for what was missed, delivered or cancelled. Runs in small batches. */
    start(input?: {
      /** All active webhooks of the customer when absent */
      webhook_id?: string | undefined;
      /** When their events were accepted; all that is kept when absent */
      since?: string | undefined;
      /** Now when absent */
      until?: string | undefined;
      /** missed = matched the filter while the webhook was inactive or did not exist yet; delivered and cancelled ones are sent once more */
      include?: Array<"failed" | "missed" | "delivered" | "cancelled"> | undefined;
      event_types?: Array<"cdd_state_changed" | "monitoring_alert_fired" | "cdd_document_fetched" | "search_completed" | "alert_remediated" | "flow_run_completed" | "flow_run_failed" | "webhook.failing" | "webhook.recovered" | "webhook.disabling_soon" | "webhook.disabled" | "webhook.certificate_expiring" | "webhook.client_certificate_expiring" | "webhook.slow"> | undefined;
      /** First digit of the latest attempt's HTTP status; 0 when no answer came */
      code_class?: 0 | 2 | 3 | 4 | 5 | undefined;
      /** HTTP status of the latest attempt */
      status_code?: number | undefined;
    }, options?: CallOptions): Promise<{
      id: string;
      /** Deliveries to send again */
      count: number;
      /** False when only the first 100,000 events of the range were counted: then there are at least as many */
      is_complete: boolean;
      /** The largest part of them whose content was last refused with one status (400, 409, 413, 415, 422), which may well be again: redeliver one first. Null when none was */
      refused: {
        status_code: number;
        count: number;
        oldest_event_id: string;
      } | null;
    }>;
    /** Count what a recovery would send. By webhook, with what else fits the filter. Nothing is sent. */
    count(input?: {
      /** All active webhooks of the customer when absent */
      webhook_id?: string | undefined;
      /** When their events were accepted; all that is kept when absent */
      since?: string | undefined;
      /** Now when absent */
      until?: string | undefined;
      /** missed = matched the filter while the webhook was inactive or did not exist yet; delivered and cancelled ones are sent once more */
      include?: Array<"failed" | "missed" | "delivered" | "cancelled"> | undefined;
      event_types?: Array<"cdd_state_changed" | "monitoring_alert_fired" | "cdd_document_fetched" | "search_completed" | "alert_remediated" | "flow_run_completed" | "flow_run_failed" | "webhook.failing" | "webhook.recovered" | "webhook.disabling_soon" | "webhook.disabled" | "webhook.certificate_expiring" | "webhook.client_certificate_expiring" | "webhook.slow"> | undefined;
      /** First digit of the latest attempt's HTTP status; 0 when no answer came */
      code_class?: 0 | 2 | 3 | 4 | 5 | undefined;
      /** HTTP status of the latest attempt */
      status_code?: number | undefined;
    }, options?: CallOptions): Promise<{
      /** Deliveries to send again */
      count: number;
      /** False when only the first 100,000 events of the range were counted: then there are at least as many */
      is_complete: boolean;
      /** The largest part of them whose content was last refused with one status (400, 409, 413, 415, 422), which may well be again: redeliver one first. Null when none was */
      refused: {
        status_code: number;
        count: number;
        oldest_event_id: string;
      } | null;
      /** What fits by webhook: also kinds that are not included, what is pending and goes out by itself, tests, which are never sent again, and what an inactive webhook would get */
      webhooks: Array<{
        webhook_id: string;
        is_active: boolean;
        failed: number;
        missed: number;
        delivered: number;
        cancelled: number;
        pending: number;
        test: number;
      }>;
    }>;
    /** Get a recovery, and what became of what it sent */
    get(input: {
      recovery_id: string;
    }, options?: CallOptions): Promise<RecoveryWithOutcomes>;
    /** List recoveries. The newest 20. */
    list(input?: {
      webhook_id?: string | undefined;
    }, options?: CallOptions): Promise<Array<RecoveryOfCustomer>>;
    /** Cancel a recovery. Sends nothing more again. What it has made due goes out all the same. */
    cancel(input: {
      recovery_id: string;
    }, options?: CallOptions): Promise<RecoveryWithOutcomes>;
  };
  signatures: {
    check(input: {
      webhook_id: string;
      /** As a log prints them, in whatever language, or the whole request */
      headers: string;
      body: string;
      /** What the receiver's own code computed, or said when it refused the request */
      computed?: string | undefined;
      /** The event it is about, if what was pasted does not say */
      event_id?: string | undefined;
    }, options?: CallOptions): Promise<Array<{
      tone: "ok" | "bad" | "info";
      text: string;
    }>>;
  };
  events: {
    /** List events. With `text`, those that hold it: found by an index, however long ago, or by reading payloads. `X-Searched-Back-To` says how far back was looked where that is not all that is kept. */
    list(input?: {
      /** ISO 8601 with Z or an offset */
      since?: string | undefined;
      /** ISO 8601 with Z or an offset */
      until?: string | undefined;
      /** A type of the catalogue */
      type?: "cdd_state_changed" | "monitoring_alert_fired" | "cdd_document_fetched" | "search_completed" | "alert_remediated" | "flow_run_completed" | "flow_run_failed" | "webhook.failing" | "webhook.recovered" | "webhook.disabling_soon" | "webhook.disabled" | "webhook.certificate_expiring" | "webhook.client_certificate_expiring" | "webhook.slow" | undefined;
      /** Whether any webhook matched when it was accepted */
      has_matched?: boolean | undefined;
      /** An event's id, a whole value of its data, or a value at a place: data.case_id = C-42. Where nothing is found so, a part of the payload */
      text?: string | undefined;
      /** Whether to read payloads one by one, which also finds parts of values, in place of the index */
      payloads?: boolean | undefined;
      page_size?: number | undefined;
      /** Where the page begins: next_cursor of the page before */
      cursor?: string | undefined;
    }, options?: CallOptions): Promise<{
      items: Array<ListedEvent>;
      next_cursor: string | null;
      /** By the index of whole values, or by reading payloads one by one; null when no text was looked for */
      searched_by: "index" | "payloads" | null;
      /** How far back was looked; null when that is all that is kept, or the page is full */
      searched_back_to: string | null;
    }>;
    /** Get an event, and what came of it per webhook */
    get(input: {
      event_id: string;
    }, options?: CallOptions): Promise<TracedEvent>;
  };
  eventTypes: {
    /** List the event types */
    list(input?: {
      /** notices: also what a webhook can be told of the customer's others */
      include?: "notices" | undefined;
    }, options?: CallOptions): Promise<Array<EventType>>;
    seen(input?: undefined, options?: CallOptions): Promise<{
      types: Array<{
        type: string;
        count: number;
        /** ISO 8601, UTC, with milliseconds */
        last_at: string;
      }>;
      /** Set when there were too many to count all of the days */
      counted_back_to: string | null;
    }>;
  };
  agents: {
    /** List what agents subscribed to. Newest first. Agents subscribe and refresh by the Model Context Protocol, at /mcp. */
    list(input?: undefined, options?: CallOptions): Promise<Array<Agent>>;
    /** Disconnect an agent. Nothing more is sent to it, and what waits is cancelled. It may subscribe again for as long as its key counts. */
    end(input: {
      /** Id of an agent's subscription */
      agent_id: string;
    }, options?: CallOptions): Promise<null>;
    /** List an agent's deliveries. Newest first. A page may end early; only a missing link is the end. */
    deliveries(input: {
      /** Id of an agent's subscription */
      agent_id: string;
      page_size?: number | undefined;
      /** Where the page begins: next_cursor of the page before */
      cursor?: string | undefined;
    }, options?: CallOptions): Promise<{
      items: Array<AgentDelivery>;
      next_cursor: string | null;
    }>;
    /** Get an agent's delivery with its attempts */
    delivery(input: {
      /** Id of an agent's subscription */
      agent_id: string;
      event_id: string;
    }, options?: CallOptions): Promise<AgentDeliveryWithAttempts>;
  };
  marks: {
    /** List marks. With how webhooks were edited, rotated, switched and paused. */
    list(input?: {
      /** With what was posted for all */
      webhook_id?: string | undefined;
      /** 31 days ago when absent */
      since?: string | undefined;
      /** Now when absent; not that moment itself */
      until?: string | undefined;
    }, options?: CallOptions): Promise<Array<Mark>>;
    /** Post a mark. Something that happened, a deploy for example. It is seen in the charts of the webhook, or of all. At most 200 a day, kept for 31 days. */
    create(input?: {
      /** What happened, in words */
      name?: string | undefined;
      /** Where more of it can be read */
      url?: string | null | undefined;
      /** Of one webhook; of all when absent or null */
      webhook_id?: string | null | undefined;
      /** Now when absent; not in the future, and no more than 31 days ago */
      at?: string | undefined;
    }, options?: CallOptions): Promise<Mark>;
    /** Delete a mark */
    delete(input: {
      mark_id: string;
    }, options?: CallOptions): Promise<null>;
  };
  stats: {
    /** Get what matched, and what became of it. For ever, also of what is no longer kept; with since or until, of the events of that range that are kept. */
    balance(input?: {
      /** ISO 8601 with Z or an offset */
      since?: string | undefined;
      /** ISO 8601 with Z or an offset */
      until?: string | undefined;
      webhook_id?: string | undefined;
    }, options?: CallOptions): Promise<{
      /** Events that the filter listed when they were accepted, tests aside */
      matched: number;
      delivered: number;
      waiting: number;
      failed: number;
      cancelled: number;
      /** Those that had no delivery, because the webhook was off */
      missed: number;
      /** Whether what matched is the sum of what became of it, everywhere */
      is_balanced: boolean;
      /** False when the range is too long to be counted: then there are at least so many */
      is_complete: boolean;
      webhooks: Array<{
        webhook_id: string;
        /** Events that the filter listed when they were accepted, tests aside */
        matched: number;
        delivered: number;
        waiting: number;
        failed: number;
        cancelled: number;
        /** Those that had no delivery, because the webhook was off */
        missed: number;
      }>;
      deleted_webhooks: {
        /** Events that the filter listed when they were accepted, tests aside */
        matched: number;
        delivered: number;
        waiting: number;
        failed: number;
        cancelled: number;
        /** Those that had no delivery, because the webhook was off */
        missed: number;
      };
    }>;
    overview(input?: {
      /** The latest hours or days, unless `from` is given */
      range?: "1h" | "24h" | "7d" | "30d" | undefined;
      /** In place of a range; rounded down to a bar */
      from?: string | undefined;
      /** Where that ends, now when absent; rounded up to a bar */
      to?: string | undefined;
      /** Whose days the bars of a day are, and whose hours those of six */
      time_zone?: string | undefined;
    }, options?: CallOptions): Promise<{
      /** Null when it was asked for from and until when */
      range: "1h" | "24h" | "7d" | "30d" | null;
      /** Where the first bar begins */
      from: string;
      /** Where the last bar ends */
      to: string;
      /** How wide a bar is, but for those of a day or a quarter in which clocks change */
      step_ms: number;
      delivered: number;
      failed: number;
      /** Share of attempts that got a 2xx; null when none */
      delivered_rate: number | null;
      p95_ms: number | null;
      pending_count: number;
      held_count: number;
      /** Since when the platform has paused all delivery; null while it has not */
      all_paused_at: string | null;
      webhooks: Array<{
        webhook_id: string;
        delivered: number;
        failed: number;
        /** Share of attempts that got a 2xx; null when none */
        delivered_rate: number | null;
        p95_ms: number | null;
        buckets: Array<{
          /** ISO 8601, UTC, with milliseconds */
          start: string;
          /** ISO 8601, UTC, with milliseconds */
          end: string;
          delivered: number;
          failed: number;
        }>;
        /** Deliveries waiting, those in flight included */
        pending_count: number;
        /** What holds what is due: it is off, it is paused, the platform has paused all delivery, or its breaker is open */
        held: "inactive" | "paused" | "listener" | "platform" | "breaker" | null;
        /** Of those that wait, how many that holds */
        held_count: number;
        /** When what has waited longest ends as expired if it is not sent before; with nothing waiting, what comes now */
        safe_until: string;
        /** Since when it is off */
        disabled_at: string | null;
        /** Since when the breaker is open; null while closed */
        opened_at: string | null;
        next_probe_at: string | null;
        failing_since: string | null;
        failures_in_a_row: number;
        last_error: DeliveryError | null;
        /** When an attempt succeeded after others had failed; null while it fails, and when it never did */
        recovered_at: string | null;
        /** What was held goes out, from one at a time */
        is_draining: boolean;
        /** When it may be switched off at the earliest, unless something is delivered before */
        disables_at: string | null;
        /** How many more attempts have to fail until then */
        failures_to_disable: number | null;
      }>;
    }>;
    webhook(input: {
      webhook_id: string;
      /** The latest hours or days, unless `from` is given */
      range?: "1h" | "24h" | "7d" | "30d" | undefined;
      /** In place of a range; rounded down to a bar */
      from?: string | undefined;
      /** Where that ends, now when absent; rounded up to a bar */
      to?: string | undefined;
      /** Whose days the bars of a day are, and whose hours those of six */
      time_zone?: string | undefined;
    }, options?: CallOptions): Promise<{
      /** Null when it was asked for from and until when */
      range: "1h" | "24h" | "7d" | "30d" | null;
      /** Where the first bar begins */
      from: string;
      /** Where the last bar ends */
      to: string;
      /** How wide a bar is, but for those of a day or a quarter in which clocks change */
      step_ms: number;
      delivered: number;
      failed: number;
      /** Share of attempts that got a 2xx; null when none */
      delivered_rate: number | null;
      p50_ms: number | null;
      p95_ms: number | null;
      p99_ms: number | null;
      buckets: Array<{
        /** ISO 8601, UTC, with milliseconds */
        start: string;
        /** ISO 8601, UTC, with milliseconds */
        end: string;
        delivered: number;
        failed: number;
        p50_ms: number | null;
        p95_ms: number | null;
        p99_ms: number | null;
      }>;
      by_type: Array<{
        event_type: string;
        delivered: number;
        failed: number;
      }>;
      by_code: Array<{
        /** HTTP status, or error code when no answer came */
        code: string;
        count: number;
      }>;
      queue: {
        /** Deliveries waiting, those in flight included */
        pending_count: number;
        /** What holds what is due: it is off, it is paused, the platform has paused all delivery, or its breaker is open */
        held: "inactive" | "paused" | "listener" | "platform" | "breaker" | null;
        /** Of those that wait, how many that holds */
        held_count: number;
        /** When what has waited longest ends as expired if it is not sent before; with nothing waiting, what comes now */
        safe_until: string;
        /** Since when it is off */
        disabled_at: string | null;
        /** Since when the breaker is open; null while closed */
        opened_at: string | null;
        next_probe_at: string | null;
        failing_since: string | null;
        failures_in_a_row: number;
        last_error: DeliveryError | null;
        /** When an attempt succeeded after others had failed; null while it fails, and when it never did */
        recovered_at: string | null;
        /** What was held goes out, from one at a time */
        is_draining: boolean;
        /** When it may be switched off at the earliest, unless something is delivered before */
        disables_at: string | null;
        /** How many more attempts have to fail until then */
        failures_to_disable: number | null;
        /** What waits although its last answer refused the content, by what that said; largest first */
        set_aside: Array<{
          status_code: number;
          words: string;
          count: number;
          /** ISO 8601, UTC, with milliseconds */
          oldest_at: string;
        }>;
        /** What it took in the last 5 minutes while it answered 429 to more, and the most in one of these minutes; null if it did not */
        pace: {
          taken: number;
          refused: number;
          most_in_a_minute: number | null;
        } | null;
        /** The latest change of the secret; null when it never changed, or there is none */
        rotation: {
          /** ISO 8601, UTC, with milliseconds */
          rotated_at: string;
          /** When the overlap ends or ended, in which the previous secret signs too; null without one */
          until: string | null;
          /** The secret that makes X-Signature: during the overlap, what the endpoint was last seen to take */
          signs_with: "current" | "previous";
          /** When the endpoint was seen to take the new one and not the other */
          switched_at: string | null;
        } | null;
        /** Delays after the first attempt */
        retry_schedule_ms: Array<number>;
      };
    }>;
  };
  apiKeys: {
    /** List a customer's API keys */
    list(input?: {
      /** Id or external id of the customer */
      customer_id?: string | undefined;
    }, options?: CallOptions): Promise<Array<ApiKey>>;
    /** Make an API key */
    create(input?: {
      /** Id or external id of the customer */
      customer_id?: string | undefined;
      name?: string | null | undefined;
      /** read: it may look at everything, and is refused whatever changes or sends anything */
      access?: "full" | "read" | undefined;
      /** It is refused from then on; never when absent or null */
      expires_at?: string | null | undefined;
    }, options?: CallOptions): Promise<NewApiKey>;
    /** Revoke an API key */
    revoke(input: {
      /** Id or external id of the customer */
      customer_id?: string | undefined;
      key_id: string;
    }, options?: CallOptions): Promise<null>;
  };
  audit: {
    /** List who changed what. Newest first, kept for 400 days. With the platform key and without X-Customer-Id it is what is told to the platform: customers that were deleted, and holds on all delivery. */
    list(input?: {
      /** What was done to this webhook, which may be deleted */
      webhook_id?: string | undefined;
      action?: "webhook.created" | "webhook.updated" | "webhook.switched_on" | "webhook.switched_off" | "webhook.paused" | "webhook.resumed" | "webhook.secret_rotated" | "webhook.tested" | "webhook.redelivered" | "webhook.recovery_started" | "webhook.pending_cancelled" | "webhook.deleted" | "recovery.started" | "recovery.cancelled" | "mark.posted" | "mark.deleted" | "agent.subscribed" | "agent.unsubscribed" | "agent.lapsed" | "agent.terminated" | "api_key.created" | "api_key.revoked" | "api_key.expired" | "invitation.created" | "invitation.revoked" | "member.joined" | "member.role_changed" | "member.removed" | "member.notices_chosen" | "reset_link.created" | "portal_link.created" | "customer.created" | "customer.renamed" | "customer.deleted" | "platform.delivery_paused" | "platform.delivery_resumed" | undefined;
      /** Whoever did it, by the id that an entry has of them */
      actor_id?: string | undefined;
      /** ISO 8601 with Z or an offset */
      since?: string | undefined;
      /** Up to then, and not that moment itself */
      until?: string | undefined;
      page_size?: number | undefined;
      /** Where the page begins: next_cursor of the page before */
      cursor?: string | undefined;
    }, options?: CallOptions): Promise<{
      items: Array<AuditEntry>;
      next_cursor: string | null;
    }>;
  };
  customers: {
    /** List customers */
    list(input?: {
      page_size?: number | undefined;
      /** Where the page begins: next_cursor of the page before */
      cursor?: string | undefined;
    }, options?: CallOptions): Promise<{
      items: Array<Customer>;
      next_cursor: string | null;
    }>;
    /** Get a customer */
    get(input: {
      /** Id or external id of the customer */
      customer_id: string;
    }, options?: CallOptions): Promise<Customer>;
    /** Add a customer */
    create(input: {
      name: string;
      external_id?: string | null | undefined;
    }, options?: CallOptions): Promise<Customer>;
    /** Rename a customer */
    update(input: {
      /** Id or external id of the customer */
      customer_id: string;
      name: string;
    }, options?: CallOptions): Promise<Customer>;
    /** Delete a customer. Keys, sessions and deliveries stop at once. */
    delete(input: {
      /** Id or external id of the customer */
      customer_id: string;
    }, options?: CallOptions): Promise<null>;
    /** Make a sign-in link to a customer's dashboard */
    createPortalLink(input: {
      /** Id or external id of the customer */
      customer_id: string;
      /** Seconds until the link is dead */
      expires_in?: number | undefined;
    }, options?: CallOptions): Promise<PortalLink>;
  };
  platform: {
    session(input?: undefined, options?: CallOptions): Promise<{
      /** The name that an operator gave; null for the key itself */
      operator: string | null;
      pause: {
        /** ISO 8601, UTC, with milliseconds */
        paused_at: string;
        /** The name that an operator gave; null when a program did it */
        paused_by: string | null;
      } | null;
    }>;
    customers(input?: {
      page_size?: number | undefined;
      /** Where the page begins: next_cursor of the page before */
      cursor?: string | undefined;
      /** A part of the name or external id, or the whole id */
      search?: string | undefined;
      /** Only those with a webhook that fails, or that the service switched off */
      troubled?: boolean | undefined;
    }, options?: CallOptions): Promise<{
      items: Array<{
        id: string;
        name: string;
        /** Your own id of the customer: accepted wherever an id is */
        external_id: string | null;
        /** ISO 8601, UTC, with milliseconds */
        created_at: string;
        /** Its webhooks by what they show; a paused one counts as that alone */
        webhooks: {
          active: number;
          failing: number;
          paused: number;
          disabled: number;
        };
        /** Deliveries that wait or are in flight */
        pending_count: number;
        /** Those of them that their webhooks hold: switched off, paused, or behind a breaker */
        held_count: number;
        last_event_at: string | null;
        /** Attempts that failed in the last 24 hours, by the hour; tests left out */
        failed_24h: number;
      }>;
      next_cursor: string | null;
    }>;
    find(input: {
      id: string;
    }, options?: CallOptions): Promise<Array<{
      kind: "customer";
      customer: Customer;
    } | {
      kind: "webhook";
      customer: Customer;
      webhook_id: string;
      webhook_url: string;
    } | {
      kind: "event";
      customer: Customer;
      event_id: string;
      event_type: string;
      /** ISO 8601, UTC, with milliseconds */
      created_at: string;
      /** What came of it, per webhook of the customer */
      webhooks: Array<Trace>;
    }>>;
    overview(input?: undefined, options?: CallOptions): Promise<{
      version: string;
      pause: {
        /** ISO 8601, UTC, with milliseconds */
        paused_at: string;
        /** The name that an operator gave; null when a program did it */
        paused_by: string | null;
      } | null;
      customers: number;
      webhooks: number;
      open_breakers: number;
      /** Deliveries that wait or are in flight, of all customers */
      pending_count: number;
      /** For how long what has waited longest could have been claimed; null when nothing is due */
      oldest_due_age_ms: number | null;
      workers: Array<{
        id: string;
        /** Where it runs: boot and process namespace; empty where nobody can tell */
        host: string;
        pid: number;
        /** How long ago it was heard of; each is heard of once a second */
        beat_age_ms: number;
        is_alive: boolean;
      }>;
      replica: {
        in_use: boolean;
        lag_ms: number | null;
      } | null;
      /** Attempts of all customers in each of the last 24 hours, the one that runs included; tests left out */
      hours: Array<{
        /** ISO 8601, UTC, with milliseconds */
        start: string;
        delivered: number;
        failed: number;
      }>;
    }>;
    pauseDelivery(input?: undefined, options?: CallOptions): Promise<{
      /** ISO 8601, UTC, with milliseconds */
      paused_at: string;
      /** The name that an operator gave; null when a program did it */
      paused_by: string | null;
    }>;
    resumeDelivery(input?: undefined, options?: CallOptions): Promise<null>;
  };
};

/** @internal Queries are asked with GET and may be asked again; so may what is repeatable, under one key. */
export const kinds = {
  "webhooks.list": "query",
  "webhooks.get": "query",
  "webhooks.create": "repeatable",
  "webhooks.update": "mutation",
  "webhooks.pause": "mutation",
  "webhooks.resume": "mutation",
  "webhooks.delete": "mutation",
  "webhooks.test": "mutation",
  "webhooks.tryUrl": "mutation",
  "webhooks.rotateSecret": "mutation",
  "webhooks.recover": "mutation",
  "webhooks.recovery": "query",
  "webhooks.runningRecoveries": "query",
  "webhooks.countRecoverable": "query",
  "webhooks.cancelPending": "mutation",
  "webhooks.preview": "query",
  "webhooks.previewFilter": "mutation",
  "webhooks.explain": "query",
  "listeners.open": "mutation",
  "listeners.take": "mutation",
  "listeners.report": "mutation",
  "incidents.list": "query",
  "incidents.get": "query",
  "deliveries.list": "query",
  "deliveries.get": "query",
  "deliveries.redeliver": "mutation",
  "deliveries.redeliverMany": "mutation",
  "deliveries.sign": "mutation",
  "recoveries.start": "mutation",
  "recoveries.count": "query",
  "recoveries.get": "query",
  "recoveries.list": "query",
  "recoveries.cancel": "mutation",
  "signatures.check": "mutation",
  "events.list": "query",
  "events.get": "query",
  "eventTypes.list": "query",
  "eventTypes.seen": "query",
  "agents.list": "query",
  "agents.end": "mutation",
  "agents.deliveries": "query",
  "agents.delivery": "query",
  "marks.list": "query",
  "marks.create": "mutation",
  "marks.delete": "mutation",
  "stats.balance": "query",
  "stats.overview": "query",
  "stats.webhook": "query",
  "apiKeys.list": "query",
  "apiKeys.create": "mutation",
  "apiKeys.revoke": "mutation",
  "audit.list": "query",
  "customers.list": "query",
  "customers.get": "query",
  "customers.create": "mutation",
  "customers.update": "mutation",
  "customers.delete": "mutation",
  "customers.createPortalLink": "mutation",
  "platform.session": "query",
  "platform.customers": "query",
  "platform.find": "query",
  "platform.overview": "query",
  "platform.pauseDelivery": "mutation",
  "platform.resumeDelivery": "mutation",
} as const;

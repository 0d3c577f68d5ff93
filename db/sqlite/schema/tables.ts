import { sql } from "drizzle-orm";
import {
  type AnySQLiteColumn,
  blob,
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";
import type { Audiences } from "@/domain/agent/audience";
import type { SubscriptionTerms } from "@/domain/agent/subscription";
import type { AuditAction, Change } from "@/domain/audit/action";
import type { ActorKind } from "@/domain/audit/actor";
import type { AttemptReason, DeliveryStatus } from "@/domain/delivery/decide";
import type { ErrorCode, FailureDetail } from "@/domain/delivery/outcome";
import type { RecoverableKind, RecoveryState, RecoveryTarget } from "@/domain/delivery/recovery";
import type { Rollup } from "@/domain/delivery/rollup";
import type { ToldDiagnosis } from "@/domain/diagnosis/outcome-evidence";
import type { Skipped } from "@/domain/event/fan-out";
import type { Conditions } from "@/domain/filter/condition";
import type { NoticeKind } from "@/domain/notice/kinds";
import type { Notice } from "@/domain/notice/notice";
import type { ClientCertificate } from "@/domain/webhook/client-certificate";
import type { IncidentTally } from "@/domain/webhook/incident";
import type { StaticHeader } from "@/domain/webhook/static-headers";
import type { KeyAccess, Role } from "../../store";
import { digest, peer, responseHeaders, timings } from "./compact";

/** Integer row keys, so that inserts append; the ids that people see are beside them. */
const key = () => integer("key").primaryKey({ autoIncrement: true });
/** Epoch milliseconds. */
const time = (name: string) => integer(name);
const flag = (name: string) => integer(name, { mode: "boolean" });
const json = <T>(name: string) => text(name, { mode: "json" }).$type<T>();
const customerKey = () =>
  integer("customer_key")
    .notNull()
    .references(() => customers.key, { onDelete: "cascade" });
/** What became of what matched (see domain/delivery/balance), tests aside. Of each end, how many are removed by now. */
const counters = () => ({
  matched: tally("matched"),
  missed: tally("missed"),
  delivered: tally("delivered"),
  failed: tally("failed"),
  cancelled: tally("cancelled"),
  prunedMissed: tally("pruned_missed"),
  prunedDelivered: tally("pruned_delivered"),
  prunedFailed: tally("pruned_failed"),
  prunedCancelled: tally("pruned_cancelled"),
});
const tally = (name: string) => integer(name).notNull().default(0);
const webhookKey = () =>
  integer("webhook_key")
    .notNull()
    .references((): AnySQLiteColumn => webhooks.key, { onDelete: "cascade" });

export const customers = sqliteTable(
  "customers",
  {
    key: key(),
    id: text("id").notNull().unique(),
    externalId: text("external_id").unique(),
    name: text("name").notNull(),
    /** The platform itself, which receives system events, and audiences of agents: nobody outside sees them. */
    isSystem: flag("is_system").notNull().default(false),
    /** Who its agents are to the engine (see domain/agent/audience); null for who never had one. */
    agents: json<Audiences>("agents"),
    createdAt: time("created_at").notNull(),
    deletedAt: time("deleted_at"),
  },
  (t) => [index("customers_deleted").on(t.deletedAt).where(sql`${t.deletedAt} is not null`)],
);

export const apiKeys = sqliteTable(
  "api_keys",
  {
    key: key(),
    id: text("id").notNull().unique(),
    customerKey: customerKey(),
    name: text("name"),
    prefix: text("prefix").notNull(),
    hash: text("hash").notNull().unique(),
    access: text("access").$type<KeyAccess>().notNull().default("full"),
    createdAt: time("created_at").notNull(),
    /** About: processes tell it now and then. */
    lastUsedAt: time("last_used_at"),
    expiresAt: time("expires_at"),
    /** Its end is in the audit log. */
    isEndTold: flag("is_end_told").notNull().default(false),
  },
  (t) => [
    index("api_keys_of_customer").on(t.customerKey),
    index("api_keys_expiry").on(t.expiresAt).where(sql`${t.expiresAt} is not null and ${t.isEndTold} = 0`),
  ],
);

export const members = sqliteTable(
  "members",
  {
    userId: text("user_id").primaryKey(),
    customerKey: customerKey(),
    role: text("role").$type<Role>().notNull(),
    createdAt: time("created_at").notNull(),
  },
  (t) => [index("members_of_customer").on(t.customerKey)],
);

export const invitations = sqliteTable(
  "invitations",
  {
    key: key(),
    id: text("id").notNull().unique(),
    customerKey: customerKey(),
    role: text("role").$type<Role>().notNull(),
    /** The owner who vouches for it. */
    makerId: text("maker_id").notNull().default(""),
    hash: text("hash").notNull().unique(),
    createdAt: time("created_at").notNull(),
    expiresAt: time("expires_at").notNull(),
  },
  (t) => [
    index("invitations_of_customer").on(t.customerKey),
    index("invitations_of_maker").on(t.makerId),
    index("invitations_expiry").on(t.expiresAt),
  ],
);

/** One row a person, so that only the newest link works. */
export const resetLinks = sqliteTable(
  "reset_links",
  {
    userId: text("user_id").primaryKey(),
    /** The owner who vouches for it; null for the operator's. */
    makerId: text("maker_id"),
    hash: text("hash").notNull().unique(),
    expiresAt: time("expires_at").notNull(),
  },
  (t) => [index("reset_links_of_maker").on(t.makerId), index("reset_links_expiry").on(t.expiresAt)],
);

export const portalLinks = sqliteTable(
  "portal_links",
  {
    hash: text("hash").primaryKey(),
    customerKey: customerKey(),
    expiresAt: time("expires_at").notNull(),
  },
  (t) => [index("portal_links_of_customer").on(t.customerKey), index("portal_links_expiry").on(t.expiresAt)],
);

export const portalSessions = sqliteTable(
  "portal_sessions",
  {
    hash: text("hash").primaryKey(),
    customerKey: customerKey(),
    expiresAt: time("expires_at").notNull(),
  },
  (t) => [
    index("portal_sessions_of_customer").on(t.customerKey),
    index("portal_sessions_expiry").on(t.expiresAt),
  ],
);

/**
 * Who changed what, in the words of that moment: what it names may be gone. It refers to no customer's row, which its
 * writers need not wait for, and goes with the customer all the same (see upkeep). Null where the customer is gone at
 * once: that is told to the platform.
 */
export const auditLog = sqliteTable(
  "audit_log",
  {
    key: key(),
    id: text("id").notNull().unique(),
    customerKey: integer("customer_key"),
    at: time("at").notNull(),
    action: text("action").$type<AuditAction>().notNull(),
    subjectId: text("subject_id").notNull(),
    subjectName: text("subject_name"),
    changes: json<Change[]>("changes").notNull(),
    actorKind: text("actor_kind").$type<ActorKind>().notNull(),
    actorId: text("actor_id").notNull(),
    actorName: text("actor_name"),
    actorEmail: text("actor_email"),
    address: text("address"),
    userAgent: text("user_agent"),
  },
  (t) => [
    index("audit_log_of_customer").on(t.customerKey, t.at),
    index("audit_log_of_subject").on(t.customerKey, t.subjectId, t.at),
    index("audit_log_of_action").on(t.customerKey, t.action, t.at),
    index("audit_log_of_actor").on(t.customerKey, t.actorId, t.at),
    index("audit_log_age").on(t.at),
  ],
);

/** Of operators at /platform, each with the name that they gave. */
export const platformSessions = sqliteTable(
  "platform_sessions",
  {
    hash: text("hash").primaryKey(),
    name: text("name").notNull(),
    expiresAt: time("expires_at").notNull(),
  },
  (t) => [index("platform_sessions_expiry").on(t.expiresAt)],
);

export const webhooks = sqliteTable(
  "webhooks",
  {
    key: key(),
    id: text("id").notNull().unique(),
    customerKey: customerKey(),
    url: text("url").notNull(),
    isActive: flag("is_active").notNull(),
    events: json<string[]>("events").notNull(),
    /** What the content of events must be like, by type; null when nothing is asked of it. */
    conditions: json<Conditions>("conditions"),
    description: text("description"),
    secret: text("secret"),
    previousSecret: text("previous_secret"),
    previousSecretUntil: time("previous_secret_until"),
    /** When the secret last became another one. */
    rotatedAt: time("rotated_at"),
    /** While both sign: the one that leads, which the receiver was last seen to accept, and since when it is the new one. */
    signsWith: text("signs_with").$type<"current" | "previous">().notNull().default("current"),
    switchedAt: time("switched_at"),
    /** Sent with every request; values of secret ones are sealed. */
    headers: json<StaticHeader[]>("headers").notNull().default([]),
    /** How long an attempt may take; null for as long as the service lets any. */
    timeoutMs: integer("timeout_ms"),
    /** It is on, and what waits is held: since when, and until when it is at most; null for until somebody resumes it. */
    pausedAt: time("paused_at"),
    pausedUntil: time("paused_until"),
    disabledReason: text("disabled_reason"),
    disabledAt: time("disabled_at"),
    createdAt: time("created_at").notNull(),
    /** The newest event when it was made: what came up to then it could not get, whatever the clock says. */
    afterEvent: integer("after_event").notNull().default(0),
    updatedAt: time("updated_at").notNull(),
    version: integer("version").notNull().default(0),
    deletedAt: time("deleted_at"),
    /** Deleted, and deliveries of it may still be pending. */
    isCancelling: flag("is_cancelling").notNull().default(false),
    lastAttemptAt: time("last_attempt_at"),
    lastAttemptOk: flag("last_attempt_ok"),
    lastStatusCode: integer("last_status_code"),
    lastErrorCode: text("last_error_code").$type<ErrorCode>(),
    lastErrorMessage: text("last_error_message"),
    lastErrorDetail: text("last_error_detail").$type<FailureDetail>(),
    failingSince: time("failing_since"),
    failuresInARow: integer("failures_in_a_row").notNull().default(0),
    /** When an attempt succeeded after others had failed; null while it fails. */
    recoveredAt: time("recovered_at"),
    /** The latest incident; both null when it never had one, the second also while it lasts. */
    incidentStartedAt: time("incident_started_at"),
    incidentEndedAt: time("incident_ended_at"),
    /** Failures that count towards switching it off (see domain/countdown). */
    countdownSince: time("countdown_since"),
    countdownFailures: integer("countdown_failures").notNull().default(0),
    countdownLastAt: time("countdown_last_at"),
    countdownCoveredMs: integer("countdown_covered_ms").notNull().default(0),
    /** The platform was told that it fails, and not yet that it recovered. */
    isReportedFailing: flag("is_reported_failing").notNull().default(false),
    /** Of the certificate seen last at its URL of now: its end, from when on that is a warning, and which end was told. */
    certificateExpiresAt: time("certificate_expires_at"),
    certificateWarnsAt: time("certificate_warns_at"),
    certificateTold: time("certificate_told"),
    /** While what it takes comes close to the timeout: since when, and the latest 95th percentile of an hour. */
    slowSince: time("slow_since"),
    slowP95Ms: integer("slow_p95_ms"),
    /** What it shows to endpoints that ask, with its key, sealed; and the end of the one that the platform was told of. */
    clientCertificate: json<ClientCertificate>("client_certificate"),
    clientKey: text("client_key"),
    clientCertificateTold: time("client_certificate_told"),
    /**
     * Of a listener (see domain/webhook/listener), null for all others: its name, which program takes for it, where that
     * forwards to, and when it was last heard of.
     */
    listenerName: text("listener_name"),
    listenerSession: text("listener_session"),
    listenerForwardsTo: text("listener_forwards_to"),
    listenerHeardAt: time("listener_heard_at"),
    /**
     * Of an agent's subscription (see domain/agent/subscription), null for all others: its id, by which it is told from all
     * that live; the key that subscribed; what to; and when it ends unless it is refreshed. Before its URL has answered a
     * challenge, it is not active and gets nothing.
     */
    subscriptionId: text("subscription_id"),
    principalId: text("principal_id"),
    subscription: json<SubscriptionTerms>("subscription"),
    expiresAt: time("expires_at"),
    challengedAt: time("challenged_at"),
    verifiedAt: time("verified_at"),
  },
  (t) => [
    // Deleted ones stay until their history is gone: what asks for live ones reads none of them.
    index("webhooks_of_customer").on(t.customerKey, t.deletedAt),
    index("webhooks_deleted").on(t.deletedAt).where(sql`${t.deletedAt} is not null`),
    index("webhooks_cancelling").on(t.key).where(sql`${t.isCancelling} = 1`),
    index("webhooks_paused").on(t.pausedUntil).where(sql`${t.pausedUntil} is not null`),
    index("webhooks_rotating").on(t.previousSecretUntil).where(sql`${t.previousSecretUntil} is not null`),
    index("webhooks_listening").on(t.listenerHeardAt).where(sql`${t.listenerHeardAt} is not null`),
    uniqueIndex("webhooks_subscribed")
      .on(t.subscriptionId)
      .where(sql`${t.subscriptionId} is not null and ${t.deletedAt} is null`),
    index("webhooks_of_principal").on(t.principalId, t.challengedAt).where(sql`${t.principalId} is not null`),
    index("webhooks_expiring")
      .on(t.expiresAt)
      .where(sql`${t.expiresAt} is not null and ${t.deletedAt} is null`),
  ],
);

/**
 * One row a webhook: whether, when and in whose turn something of it may be claimed. `readyAt` is null when
 * nothing waits; else no later than the first moment at which a claim could succeed.
 */
export const webhookQueue = sqliteTable(
  "webhook_queue",
  {
    webhookKey: integer("webhook_key")
      .primaryKey()
      .references(() => webhooks.key, { onDelete: "cascade" }),
    customerKey: customerKey(),
    readyAt: time("ready_at"),
    /** The webhook is off, or paused. */
    isPaused: flag("is_paused").notNull(),
    /** Grows with every serving; the smallest is next. */
    turn: integer("turn").notNull().default(0),
    pending: tally("pending"),
    ...counters(),
    /** Deliveries of the latest attempts in a row that failed (see domain/breaker). */
    failures: json<readonly number[]>("failures").notNull(),
    /** When its URL and secret of now last got anything delivered, tests too. */
    succeededAt: time("succeeded_at"),
    openedAt: time("opened_at"),
    /** While open: probes that failed so far, and whether the latest went to, or made, one whose content is refused. */
    probesMade: integer("probes_made").notNull().default(0),
    isProbeRefused: flag("is_probe_refused").notNull().default(false),
    probeDelayMs: integer("probe_delay_ms"),
    /** While open: no probe before this. While one is in flight: the end of its lease. */
    probeAt: time("probe_at"),
    isDraining: flag("is_draining").notNull().default(false),
    /** Numbers the drains, each of which begins from one at a time. */
    drain: integer("drain").notNull().default(0),
    /** Counts claims while draining: every fourth takes the newest. */
    drained: integer("drained").notNull().default(0),
    /** Deliveries a second; null for as many as go. And when the next may go, with fractions (see domain/queue/rate). */
    ratePerSecond: real("rate_per_second"),
    rateNextAt: real("rate_next_at").notNull().default(0),
  },
  (t) => [
    index("webhook_queue_of_customer").on(t.customerKey),
    index("webhook_queue_ready").on(t.readyAt).where(sql`${t.readyAt} is not null and ${t.isPaused} = 0`),
  ],
);

/** What was counted of a customer's deleted webhooks, together. */
export const formerWebhooks = sqliteTable("former_webhooks", {
  customerKey: integer("customer_key")
    .primaryKey()
    .references(() => customers.key, { onDelete: "cascade" }),
  pending: tally("pending"),
  ...counters(),
});

export const events = sqliteTable(
  "events",
  {
    key: key(),
    id: text("id").notNull(),
    customerKey: customerKey(),
    type: text("type").notNull(),
    payload: text("payload").notNull(),
    contentHash: digest("content_hash").notNull(),
    isTest: flag("is_test").notNull().default(false),
    deliveries: integer("deliveries").notNull(),
    /** Why the customer's other webhooks got none at first: [webhook key, reason], or that it was sent later. */
    skipped: json<Skipped[]>("skipped").notNull(),
    createdAt: time("created_at").notNull(),
  },
  (t) => [
    uniqueIndex("events_id").on(t.customerKey, t.id),
    index("events_of_customer").on(t.customerKey, t.createdAt, t.type, t.isTest),
  ],
);

/**
 * What finds events by the values of their data (see domain/search/segment): a row for each few hundred of a customer's
 * events, by the key of the first of them. Events between the first and the last of all segments are in one, and the
 * others are looked through.
 */
export const searchSegments = sqliteTable(
  "search_segments",
  {
    firstEvent: integer("first_event").primaryKey(),
    lastEvent: integer("last_event").notNull(),
    customerKey: customerKey(),
  },
  (t) => [
    index("search_segments_of_customer").on(t.customerKey, t.firstEvent),
    index("search_segments_last").on(t.lastEvent),
  ],
);

/** Written in the order of its key, and without a row beside it. */
export const searchTerms = sqliteTable(
  "search_terms",
  {
    segment: integer("segment").notNull(),
    term: integer("term").notNull(),
    postings: blob("postings", { mode: "buffer" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.segment, t.term] })],
);

/** Index and questions say this in the same words. */
export const isTried = ({ attempts }: { attempts: AnySQLiteColumn }) => sql`(${attempts} > 0)`;

export const deliveries = sqliteTable(
  "deliveries",
  {
    key: key(),
    eventKey: integer("event_key")
      .notNull()
      .references(() => events.key, { onDelete: "cascade" }),
    webhookKey: webhookKey(),
    customerKey: integer("customer_key").notNull(),
    eventType: text("event_type").notNull(),
    isTest: flag("is_test").notNull().default(false),
    status: text("status").$type<DeliveryStatus>().notNull(),
    /** Schedule, retry clock and lease end in one. */
    dueAt: time("due_at").notNull(),
    lease: integer("lease").notNull().default(0),
    /** The worker that has it in flight. */
    leasedBy: text("leased_by"),
    leasedAt: time("leased_at"),
    attempts: integer("attempts").notNull().default(0),
    tries: integer("tries").notNull().default(0),
    probes: integer("probes").notNull().default(0),
    lostInARow: integer("lost_in_a_row").notNull().default(0),
    nextReason: text("next_reason").$type<AttemptReason>().notNull(),
    /** While in flight: the reason of that attempt. */
    leasedReason: text("leased_reason").$type<AttemptReason>(),
    /**
     * Somebody asked for it. While it waits, it is the first that an open breaker lets go; while in flight, that was
     * asked meanwhile, and is made when that attempt fails.
     */
    isAskedAgain: flag("is_asked_again").notNull().default(false),
    /** Its last attempt was refused with the other secret: the one that leads in the next, which is made at once. */
    signsWith: text("signs_with").$type<"current" | "previous">(),
    /** What the latest answer said, when it refused the content: the code and the words. */
    refusal: text("refusal"),
    statusCode: integer("status_code"),
    errorCode: text("error_code").$type<ErrorCode>(),
    errorMessage: text("error_message"),
    durationMs: integer("duration_ms"),
    createdAt: time("created_at").notNull(),
    /** Where a test goes instead of to the webhook's URL, to try it. */
    triedUrl: text("tried_url"),
    /** Since when it is pending: the event's acceptance, or the latest redelivery. */
    pendingSince: time("pending_since").notNull(),
    endedAt: time("ended_at"),
    /** The latest recovery that made it due, and how many attempts it had before that. */
    recoveryKey: integer("recovery_key"),
    attemptsBefore: integer("attempts_before"),
    /** Grows over the whole table with every change that people can see. */
    change: integer("change").notNull(),
  },
  (t) => [
    uniqueIndex("deliveries_of_event").on(t.eventKey, t.webhookKey),
    // What waits leaves the first of these when it is claimed, and the second when it is recorded.
    index("deliveries_due")
      .on(t.webhookKey, isTried(t), t.dueAt)
      .where(sql`${t.status} = 'pending' and ${t.isTest} = 0 and ${t.leasedBy} is null`),
    index("deliveries_leased").on(t.webhookKey, t.dueAt).where(sql`${t.leasedBy} is not null`),
    index("deliveries_tests").on(t.dueAt).where(sql`${t.status} = 'pending' and ${t.isTest} = 1`),
    // The kinds that an open breaker chooses its probe from, each found without reading the others.
    index("deliveries_asked")
      .on(t.webhookKey, t.dueAt)
      .where(sql`${t.status} = 'pending' and ${t.isAskedAgain} = 1`),
    index("deliveries_waiting")
      .on(t.webhookKey, t.pendingSince)
      .where(sql`${t.status} = 'pending' and ${t.isTest} = 0 and ${t.attempts} > 0`),
    index("deliveries_tried")
      .on(t.webhookKey, t.dueAt)
      .where(sql`${t.status} = 'pending' and ${t.isTest} = 0 and ${t.attempts} > 0 and ${t.refusal} is null`),
    index("deliveries_set_aside")
      .on(t.webhookKey, t.dueAt)
      .where(sql`${t.status} = 'pending' and ${t.refusal} is not null`),
    index("deliveries_second")
      .on(t.webhookKey, t.dueAt)
      .where(sql`${t.status} = 'pending' and ${t.signsWith} is not null`),
    index("deliveries_refused")
      .on(t.webhookKey, t.refusal)
      .where(sql`${t.status} = 'pending' and ${t.refusal} is not null`),
    index("deliveries_of_webhook").on(t.webhookKey),
    index("deliveries_of_customer").on(t.customerKey),
    index("deliveries_recovered").on(t.recoveryKey).where(sql`${t.recoveryKey} is not null`),
    index("deliveries_changed").on(t.customerKey, t.change),
  ],
);

export const attempts = sqliteTable(
  "attempts",
  {
    key: key(),
    deliveryKey: integer("delivery_key")
      .notNull()
      .references(() => deliveries.key, { onDelete: "cascade" }),
    number: integer("number").notNull(),
    reason: text("reason").$type<AttemptReason>().notNull(),
    startedAt: time("started_at").notNull(),
    durationMs: integer("duration_ms").notNull(),
    statusCode: integer("status_code"),
    errorCode: text("error_code").$type<ErrorCode>(),
    errorMessage: text("error_message"),
    /** Null also where it was recorded before details were. */
    errorDetail: text("error_detail").$type<FailureDetail>(),
    timings: timings("timings").notNull(),
    peer: peer("peer").notNull(),
    url: text("url"),
    /** What its headers are made of, besides what other columns say (see domain/delivery/sent-headers). */
    sentBy: text("sent_by"),
    signedAt: integer("signed_at"),
    /** The headers themselves, when they are made of something else, or were recorded before that was. */
    requestHeaders: json<Record<string, string>>("request_headers"),
    responseHeaders: responseHeaders("response_headers"),
    responseBody: blob("response_body", { mode: "buffer" }),
    isTruncated: flag("is_truncated").notNull().default(false),
  },
  (t) => [uniqueIndex("attempts_of_delivery").on(t.deliveryKey, t.number)],
);

export const rollups = sqliteTable(
  "rollups",
  {
    webhookKey: webhookKey(),
    step: text("step").$type<"minute" | "hour">().notNull(),
    start: time("start").notNull(),
    rollup: json<Rollup>("counters").notNull(),
  },
  (t) => [primaryKey({ columns: [t.webhookKey, t.step, t.start] }), index("rollups_age").on(t.step, t.start)],
);

/** Times for which a webhook failed in earnest (see domain/webhook/incident). */
export const incidents = sqliteTable(
  "incidents",
  {
    key: key(),
    id: text("id").notNull().unique(),
    webhookKey: webhookKey(),
    startedAt: time("started_at").notNull(),
    /** Null while it lasts. */
    endedAt: time("ended_at"),
    /** Of the failure that made it an incident, told by itself, and the event whose delivery that was. */
    cause: json<ToldDiagnosis>("cause").notNull(),
    eventId: text("event_id").notNull(),
    eventType: text("event_type").notNull(),
    /** Deliveries that waited when it ended. */
    held: integer("held").notNull().default(0),
    /** As it was last counted; null before that. */
    tally: json<IncidentTally>("tally"),
    /** When it is counted next; null when that would change nothing any more. */
    countAt: time("count_at"),
  },
  (t) => [
    index("incidents_of_webhook").on(t.webhookKey),
    index("incidents_ended").on(t.endedAt).where(sql`${t.endedAt} is not null`),
    index("incidents_to_count").on(t.countAt).where(sql`${t.countAt} is not null`),
  ],
);

/**
 * What happened to a webhook that its customer may want to hear of (see domain/notice/notice), for three days. It refers
 * to no row, as the audit log does not: who judges a webhook waits for nobody else.
 */
export const notices = sqliteTable(
  "notices",
  {
    key: key(),
    customerKey: integer("customer_key").notNull(),
    webhookKey: integer("webhook_key").notNull(),
    at: time("at").notNull(),
    kind: text("kind").$type<NoticeKind>().notNull(),
    data: json<Notice["data"]>("data").notNull(),
    /** Null until it is passed on; then it grows with each, within a customer. */
    passed: integer("passed"),
  },
  (t) => [
    index("notices_waiting").on(t.key).where(sql`${t.passed} is null`),
    index("notices_of_customer").on(t.customerKey, t.passed),
    index("notices_age").on(t.at),
  ],
);

/** What members want to hear by mail, and how far they have: no row for who never chose. */
export const noticeChoices = sqliteTable(
  "notice_choices",
  {
    userId: text("user_id")
      .primaryKey()
      .references(() => members.userId, { onDelete: "cascade" }),
    customerKey: customerKey(),
    /** None when they want no mail. */
    kinds: json<NoticeKind[]>("kinds").notNull(),
    /** Where it goes: proved by a link in a mail. Null before that. */
    address: text("address"),
    /** `passed` of the newest notice that they need not hear of any more. */
    toldUpTo: integer("told_up_to").notNull().default(0),
    /** When the next mail goes out; while one is on its way, when that is given up for lost. Null when nothing waits. */
    dueAt: time("due_at"),
    /** Numbers the mails that were begun. */
    lease: integer("lease").notNull().default(0),
    sentAt: time("sent_at"),
    /** In a row, that no mail could be sent, and since when. */
    failures: integer("failures").notNull().default(0),
    failingSince: time("failing_since"),
  },
  (t) => [
    index("notice_choices_of_customer").on(t.customerKey),
    index("notice_choices_due").on(t.dueAt).where(sql`${t.dueAt} is not null`),
  ],
);

/** What customers say happened (see db/store/marks). */
export const marks = sqliteTable(
  "marks",
  {
    key: key(),
    id: text("id").notNull().unique(),
    customerKey: customerKey(),
    /** Null when it is of all. */
    webhookKey: integer("webhook_key").references(() => webhooks.key, { onDelete: "cascade" }),
    name: text("name").notNull(),
    url: text("url"),
    at: time("at").notNull(),
    createdAt: time("created_at").notNull(),
  },
  (t) => [
    index("marks_of_customer").on(t.customerKey, t.at),
    index("marks_made").on(t.customerKey, t.createdAt),
    index("marks_of_webhook").on(t.webhookKey),
    index("marks_age").on(t.at),
  ],
);

/** Webhooks that were made under an Idempotency-Key (see db/store/creations). */
export const webhookCreations = sqliteTable(
  "webhook_creations",
  {
    customerKey: customerKey(),
    idempotencyKey: text("idempotency_key").notNull(),
    digest: text("digest").notNull(),
    /** Refers to no row, so that what was deleted since is told, and not made anew. */
    webhookId: text("webhook_id").notNull(),
    createdAt: time("created_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.customerKey, t.idempotencyKey] }),
    index("webhook_creations_age").on(t.createdAt),
  ],
);

export const recoveries = sqliteTable(
  "recoveries",
  {
    key: key(),
    id: text("id").notNull().unique(),
    customerKey: customerKey(),
    /** The only one that it is for; null for all of the customer's. */
    webhookKey: integer("webhook_key").references(() => webhooks.key, { onDelete: "cascade" }),
    since: time("since").notNull(),
    until: time("until").notNull(),
    /** None of deliveries that somebody chose one by one. */
    include: json<RecoverableKind[]>("include").notNull(),
    /** What else its deliveries have in common; null is any. */
    types: json<string[]>("types"),
    codeClass: integer("code_class"),
    statusCode: integer("status_code"),
    /** The webhooks that it sends to, with their filters when it was asked for. */
    targets: json<RecoveryTarget[]>("targets").notNull(),
    /** Where the next batch begins. The upper ends are those of the start, so that each target comes once. */
    afterEventAt: time("after_event_at").notNull(),
    afterEvent: integer("after_event").notNull().default(0),
    lastEvent: integer("last_event").notNull(),
    /** What failed later is no target. */
    lastChange: integer("last_change").notNull().default(0),
    total: integer("total").notNull(),
    done: integer("done").notNull().default(0),
    /** How many it made due: of what is done, the others needed it no more. */
    sent: integer("sent").notNull().default(0),
    state: text("state").$type<RecoveryState>().notNull(),
    createdAt: time("created_at").notNull(),
    endedAt: time("ended_at"),
  },
  (t) => [
    index("recoveries_of_customer").on(t.customerKey),
    index("recoveries_of_webhook").on(t.webhookKey),
    index("recoveries_running").on(t.key).where(sql`${t.state} = 'running'`),
    index("recoveries_ended").on(t.endedAt).where(sql`${t.endedAt} is not null`),
  ],
);

/** One row while an operator holds all delivery, since when and by which name; none otherwise. */
export const deliveryPause = sqliteTable("delivery_pause", {
  only: integer("only").primaryKey().default(1),
  pausedAt: time("paused_at").notNull(),
  pausedBy: text("paused_by"),
});

export const workers = sqliteTable("workers", {
  id: text("id").primaryKey(),
  pid: integer("pid").notNull(),
  /** Where the number means something, and when the process that has it began; empty where nobody can tell. */
  host: text("host").notNull().default(""),
  startedAt: text("started_at").notNull().default(""),
  /** Of its key ring. */
  keyIds: json<string[]>("key_ids").notNull().default([]),
  heartbeatAt: time("beat_at").notNull(),
});

/** Numbers that write transactions hand out, `change` and `turn`, and the few that clock-trust keeps. */
export const sequences = sqliteTable("counters", {
  name: text("name").primaryKey(),
  value: integer("value").notNull(),
});

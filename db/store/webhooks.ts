import type { Actor } from "@/domain/audit/actor";
import type { AttemptError } from "@/domain/delivery/outcome";
import type { Refusal } from "@/domain/delivery/refusal";
import type { Rollup } from "@/domain/delivery/rollup";
import type { Conditions } from "@/domain/filter/condition";
import type { ClientCertificate } from "@/domain/webhook/client-certificate";
import type { Countdown } from "@/domain/webhook/countdown";
import type { Incident } from "@/domain/webhook/incident";
import type { Listener } from "@/domain/webhook/listener";
import type { Rotation, SecretName } from "@/domain/webhook/rotation";
import type { noHeaderValue, WebhookChange } from "@/domain/webhook/settings";
import type { Pause } from "@/domain/webhook/standing";
import type { GivenHeader, StaticHeader } from "@/domain/webhook/static-headers";
import type { Warning } from "@/domain/webhook/warnings";
import type { Cursor } from "./page";

export type { WebhookChange };

/** An encrypted secret (see domain/seal): the store keeps it and cannot read it. */
export type Sealed = string;

export type Webhook = {
  id: string;
  customerId: string;
  url: string;
  isActive: boolean;
  events: string[];
  /** What the content of events must be like, by type; null when nothing is asked of it. */
  conditions: Conditions | null;
  description: string | null;
  hasSecret: boolean;
  /** Sent with every request; secret ones without their values. */
  headers: GivenHeader[];
  /** How long an attempt may take; null for as long as the service lets any. */
  timeoutMs: number | null;
  /** Deliveries that may begin in a second; null for as many as go. */
  ratePerSecond: number | null;
  /** What it shows to endpoints that ask for a certificate; its key is never read. */
  clientCertificate: ClientCertificate | null;
  /** The latest change of its secret; null when it never changed. */
  rotation: Rotation | null;
  disabledReason: string | null;
  disabledAt: number | null;
  /** While what waits is held although the webhook is on; null also once that is over. */
  pause: Pause | null;
  /** Null for what is sent over the network. */
  listener: Listener | null;
  createdAt: number;
  updatedAt: number;
  /** The attempt that ended last, tests included; all null when none. */
  lastAttemptAt: number | null;
  lastAttemptOk: boolean | null;
  lastStatusCode: number | null;
  lastError: AttemptError | null;
  /** Since when, and how many times in a row, attempts have failed; null and 0 after a success. */
  failingSince: number | null;
  failuresInARow: number;
  /** When an attempt succeeded after others had failed; null while it fails, and when it never did. */
  recoveredAt: number | null;
  /** The latest time for which it failed in earnest; null when it never did. */
  incident: Incident | null;
  /** The failures that count towards switching the webhook off (tests don't); null when there are none. */
  countdown: Countdown | null;
  /** What it comes close to. */
  warnings: Warning[];
  /** Deliveries waiting: all pending ones, in flight included. */
  pendingCount: number;
  /** What was held goes out. */
  isDraining: boolean;
  /** Since when the one that has waited longest is pending; null when none is. */
  waitingSince: number | null;
  /** While the breaker is open: when the next probe is due, and since when it is open. */
  breaker: { openedAt: number; probeAt: number } | null;
};

/** A program that takes what is for a listener (see domain/webhook/listener). */
export type Listening = {
  /** Tells it from the ones that listened before, who take nothing any more. */
  session: string;
  /** Where it sends what it takes. */
  forwardsTo: string;
};

export type NewWebhook = {
  id: string;
  customerId: string;
  url: string;
  secret: Sealed | null;
  /** With its key; without them it shows none. */
  clientCertificate?: ClientCertificate | null;
  clientKey?: Sealed | null;
  isActive: boolean;
  events: string[];
  /** What the content of events must be like, by type; nothing is asked of it without. */
  conditions?: Conditions | null;
  description: string | null;
  /** Values of secret ones are sealed. None, when left out; of what follows, no limit but the service's. */
  headers?: StaticHeader[];
  timeoutMs?: number | null;
  ratePerSecond?: number | null;
  /** The program that takes from it, where it is a listener. */
  listener?: Listening & { name: string };
};

export type WebhookStore = {
  /** Adds a webhook; the limit holds under concurrent calls too. */
  createWebhook(webhook: NewWebhook, by: Actor): Promise<Webhook | "limit_reached" | "not_found">;
  /** A customer's webhooks, newest first. */
  listWebhooks(customerId: string): Promise<Webhook[]>;
  getWebhook(customerId: string, webhookId: string): Promise<Webhook | null>;
  /**
   * Applies to every attempt claimed after this commit. Activation resumes what was held; a new URL, secret, client
   * certificate, timeout or other headers close the breaker and clear the countdown. Refused, with nothing changed, where
   * a secret header is without a value and has none to keep: none is kept for another origin.
   */
  updateWebhook(
    customerId: string,
    webhookId: string,
    change: WebhookChange,
    by: Actor,
  ): Promise<Webhook | typeof noHeaderValue | null>;
  /**
   * No claim succeeds after this commit until the pause ends: at `until`, when the webhook is resumed, or when it is
   * switched off. What is published meanwhile waits with the rest. Null when there is no such webhook.
   */
  pauseWebhook(
    customerId: string,
    webhookId: string,
    until: number | null,
    by: Actor,
  ): Promise<Webhook | "inactive" | null>;
  /** Lets go what a pause holds, if there is one. */
  resumeWebhook(customerId: string, webhookId: string, by: Actor): Promise<Webhook | null>;
  /** No claim succeeds after this commit; pending deliveries are cancelled. */
  deleteWebhook(customerId: string, webhookId: string, by: Actor): Promise<boolean>;
  /** The new secret signs from now on, beside it for `overlapMs` the one that the receiver was last seen to accept. */
  rotateSecret(
    customerId: string,
    webhookId: string,
    secret: Sealed,
    overlapMs: number,
    by: Actor,
  ): Promise<boolean>;
  /** The secrets that sign: the current one and, during an overlap, the previous one, and which of them leads. */
  getSecrets(
    customerId: string,
    webhookId: string,
  ): Promise<{ current: Sealed | null; previous: Sealed | null; leads: SecretName } | null>;
  /** Cancels everything pending that is not in flight; answers how many. */
  cancelPending(customerId: string, webhookId: string, by: Actor): Promise<number | null>;
  /** What waits although the latest answer refused its content, by what that said: the ten largest groups. */
  listRefusals(customerId: string, webhookId: string): Promise<RefusalGroup[]>;

  /** Rollups of attempts per webhook from `since` on, in steps of a minute or an hour. Tests are left out. */
  listRollups(customerId: string, since: number, step: "minute" | "hour"): Promise<WebhookRollup[]>;
  /** The keys that stored secrets, those in headers too, are sealed with, each with one of its secrets. */
  listSealedKeys(): Promise<{ keyId: string; sample: Sealed; webhook: SecretOwner }[]>;
  /**
   * Re-seals what another key sealed among the secrets of the next few webhooks after a position (null: the first
   * ones). Answers where it stopped; null when there were no more.
   */
  reseal(
    keyId: string,
    after: Cursor | null,
    seal: (secret: Sealed, webhook: SecretOwner) => Sealed,
  ): Promise<Cursor | null>;
  /**
   * Looks at the certificates and at the last hour of the next few webhooks after a position (null: the first ones), and
   * tells the platform of what is new: a webhook is slow when 95 % of its successes took longer than half of its timeout,
   * or of `timeoutMs` if that is shorter.
   * Answers where it stopped; null when there are no more, or another worker looks.
   */
  checkWarnings(after: Cursor | null, timeoutMs: number): Promise<Cursor | null>;
  /** The platform's own webhook, which receives system events; null removes it. */
  setSystemWebhook(
    target: { url: string; seal: (webhook: SecretOwner) => Sealed | null } | null,
  ): Promise<void>;
};

/** Whose secret it is: a sealed one opens for nobody else. */
export type SecretOwner = { customerId: string; webhookId: string };

/** Deliveries that share a refusal, and when the oldest of their events was accepted. */
export type RefusalGroup = Refusal & { count: number; oldestAt: number };

export type WebhookRollup = { webhookId: string; start: number; rollup: Rollup };

import type { ErrorCode, FailureDetail } from "@/domain/delivery/outcome";
import type { Judged } from "@/domain/webhook/after-attempts";
import type { Countdown } from "@/domain/webhook/countdown";
import type { Editable } from "@/domain/webhook/edit";
import type { Health } from "@/domain/webhook/health";
import type { Incident } from "@/domain/webhook/incident";
import type { Listener } from "@/domain/webhook/listener";
import type { QueueState } from "@/domain/webhook/queue-state";
import type { Leading, Rotation } from "@/domain/webhook/rotation";
import type { WebhookSettings } from "@/domain/webhook/settings";
import type { Pause, Standing } from "@/domain/webhook/standing";
import type { NewWebhook } from "../store";
import { certificateOfRow, type WarningRow } from "./warnings";

/** A webhook's row, in whichever database, and its queue's. */
export type WebhookRow = WebhookSettings &
  Omit<Standing, "pause" | "countdown" | "certificate"> &
  WarningRow &
  Omit<Health, "lastError"> & {
    pausedAt: number | null;
    pausedUntil: number | null;
    listenerName: string | null;
    listenerForwardsTo: string | null;
    listenerHeardAt: number | null;
    countdownSince: number | null;
    countdownFailures: number;
    countdownLastAt: number | null;
    countdownCoveredMs: number;
    lastErrorCode: ErrorCode | null;
    lastErrorMessage: string | null;
    lastErrorDetail: FailureDetail | null;
    incidentStartedAt: number | null;
    incidentEndedAt: number | null;
  };

/** As the rules see them. Named one by one, as they are on the way back: objects that are copied but for a part are slow. */
function settingsOf(row: WebhookRow): WebhookSettings {
  const { url, secret, previousSecret, previousSecretUntil, events, conditions, description, updatedAt } =
    row;
  const { rotatedAt, signsWith, switchedAt, clientCertificate, clientKey, headers, timeoutMs } = row;
  return {
    url,
    secret,
    previousSecret,
    previousSecretUntil,
    rotatedAt,
    signsWith,
    switchedAt,
    clientCertificate,
    clientKey,
    events,
    conditions,
    description,
    headers,
    timeoutMs,
    updatedAt,
  };
}

/** The latest change of the secret; null when it never changed. */
export function rotationOf(row: WebhookRow): Rotation | null {
  const { rotatedAt, previousSecretUntil: until, signsWith, switchedAt, updatedAt } = row;
  if (rotatedAt === null && until === null) return null;
  // One that began before rotations were dated is as old as the latest edit at least.
  return { rotatedAt: rotatedAt ?? updatedAt, until, signsWith, switchedAt };
}

const leadingOf = ({ signsWith, switchedAt }: WebhookRow): Leading => ({ signsWith, switchedAt });

export function standingOf(row: WebhookRow): Standing {
  const { isActive, disabledReason, disabledAt, version, isReportedFailing } = row;
  return {
    isActive,
    disabledReason,
    disabledAt,
    version,
    isReportedFailing,
    pause: pauseOf(row),
    countdown: countdownOf(row),
    certificate: certificateOfRow(row),
  };
}

export function healthOf(row: WebhookRow): Health {
  const { lastAttemptAt, lastAttemptOk, lastStatusCode, lastErrorCode } = row;
  const { failingSince, failuresInARow, recoveredAt } = row;
  const lastError =
    lastErrorCode === null
      ? null
      : {
          code: lastErrorCode,
          message: row.lastErrorMessage ?? "",
          detail: row.lastErrorDetail ?? undefined,
        };
  return {
    lastAttemptAt,
    lastAttemptOk,
    lastStatusCode,
    lastError,
    failingSince,
    failuresInARow,
    recoveredAt,
  };
}

function queueOf(row: QueueState): QueueState {
  const { isPaused, pending, failures, succeededAt, isDraining, drain } = row;
  const { openedAt, probesMade, isProbeRefused, probeDelayMs, probeAt, ratePerSecond, rateNextAt } = row;
  return {
    isPaused,
    pending,
    failures,
    succeededAt,
    openedAt,
    probesMade,
    isProbeRefused,
    probeDelayMs,
    probeAt,
    isDraining,
    drain,
    ratePerSecond,
    rateNextAt,
  };
}

/** What an edit is decided on. */
export function editableOf(row: WebhookRow, queue: QueueState): Editable {
  return { settings: settingsOf(row), standing: standingOf(row), queue: queueOf(queue) };
}

/** What attempts are decided on. */
export function judgedOf(row: WebhookRow, queue: QueueState): Judged {
  return {
    health: healthOf(row),
    standing: standingOf(row),
    leading: leadingOf(row),
    queue: queueOf(queue),
    incident: incidentOf(row),
  };
}

/** The latest; null when it never had one. */
export function incidentOf({
  incidentStartedAt: startedAt,
  incidentEndedAt: endedAt,
}: Pick<WebhookRow, "incidentStartedAt" | "incidentEndedAt">): Incident | null {
  return startedAt === null ? null : { startedAt, endedAt };
}

export function incidentColumns(incident: Incident | null) {
  return { incidentStartedAt: incident?.startedAt ?? null, incidentEndedAt: incident?.endedAt ?? null };
}

export function standingColumns(standing: Standing) {
  const { isActive, disabledReason, disabledAt, pause, version, isReportedFailing, countdown, certificate } =
    standing;
  return {
    isActive,
    disabledReason,
    disabledAt,
    pausedAt: pause?.at ?? null,
    pausedUntil: pause?.until ?? null,
    version,
    isReportedFailing,
    certificateExpiresAt: certificate?.expiresAt ?? null,
    certificateWarnsAt: certificate?.warnsAt ?? null,
    countdownSince: countdown?.since ?? null,
    countdownFailures: countdown?.failures ?? 0,
    countdownLastAt: countdown?.lastAt ?? null,
    countdownCoveredMs: countdown?.coveredMs ?? 0,
  };
}

export function healthColumns(health: Health) {
  const { lastAttemptAt, lastAttemptOk, lastStatusCode, lastError } = health;
  const { failingSince, failuresInARow, recoveredAt } = health;
  return {
    lastAttemptAt,
    lastAttemptOk,
    lastStatusCode,
    lastErrorCode: lastError?.code ?? null,
    lastErrorMessage: lastError?.message ?? null,
    lastErrorDetail: lastError?.detail ?? null,
    failingSince,
    failuresInARow,
    recoveredAt,
  };
}

/** Null when it is not paused. */
export function pauseOf({
  pausedAt,
  pausedUntil,
}: Pick<WebhookRow, "pausedAt" | "pausedUntil">): Pause | null {
  return pausedAt === null ? null : { at: pausedAt, until: pausedUntil };
}

export function listeningColumns(listener: NewWebhook["listener"], now: number) {
  return {
    listenerName: listener?.name ?? null,
    listenerSession: listener?.session ?? null,
    listenerForwardsTo: listener?.forwardsTo ?? null,
    listenerHeardAt: listener ? now : null,
  };
}

/** Null for what is sent over the network. */
export function listenerOf(
  row: Pick<WebhookRow, "listenerName" | "listenerForwardsTo" | "listenerHeardAt">,
): Listener | null {
  const { listenerName: name, listenerForwardsTo: forwardsTo, listenerHeardAt: heardAt } = row;
  return name === null ? null : { name, forwardsTo: forwardsTo ?? "", heardAt: heardAt ?? 0 };
}

/** Null when nothing counts down. */
function countdownOf(row: WebhookRow): Countdown | null {
  const { countdownSince: since, countdownFailures: failures, countdownCoveredMs: coveredMs } = row;
  return since === null ? null : { since, failures, lastAt: row.countdownLastAt ?? since, coveredMs };
}

import type { Conditions } from "../filter/condition";
import { conditionWords } from "../filter/words";
import type { ClientCertificate } from "../webhook/client-certificate";
import type { Editable } from "../webhook/edit";
import type { QueueState } from "../webhook/queue-state";
import type { WebhookSettings } from "../webhook/settings";
import type { Pause, Standing } from "../webhook/standing";
import { type StaticHeader, sameHeaders, shownHeaders } from "../webhook/static-headers";
import { type AuditAction, type Audited, type Change, differences, given, hidden } from "./action";

/** A webhook, by the URL that it has when it is told of. */
type Named = { id: string; url: string };

/** Something done to a webhook, with what it was asked for with. */
export const webhookAudited = (
  action: AuditAction & `webhook.${string}`,
  { id, url }: Named,
  facts: Parameters<typeof given>[0] = {},
): Audited => ({ action, subject: { id, name: url }, changes: given(facts) });

type New = Named &
  Pick<WebhookSettings, "secret" | "events" | "description"> &
  Partial<Pick<WebhookSettings, "headers" | "timeoutMs"> & Pick<QueueState, "ratePerSecond">> & {
    isActive: boolean;
    conditions?: Conditions | null;
    clientCertificate?: ClientCertificate | null;
    listener?: { forwardsTo: string };
  };

export const webhookCreated = (webhook: New): Audited =>
  webhookAudited("webhook.created", webhook, {
    ...settingsOf(webhook),
    ...(webhook.headers?.length && { headers: headerLines(webhook.headers) }),
    timeout_seconds: secondsOf(webhook.timeoutMs),
    rate_limit: webhook.ratePerSecond,
    is_active: webhook.isActive,
    forwards_to: webhook.listener?.forwardsTo,
  });

/** An edit: what people wrote, and its switch. Nothing when all is as it was. */
export function webhookEdited(id: string, before: Editable, after: Editable): Audited[] {
  const subject = { id, name: after.settings.url };
  const changes = [
    ...settingChanges(before.settings, after.settings),
    ...differences({ rate_limit: before.queue.ratePerSecond }, { rate_limit: after.queue.ratePerSecond }),
  ];
  const switched = webhookSwitched({ id, url: after.settings.url }, before.standing, after.standing);
  return [
    ...(changes.length > 0 ? [{ action: "webhook.updated", subject, changes } as const] : []),
    ...switched,
  ];
}

/** Another program takes from a listener. Nothing when that forwards to the same place. */
export function webhookAttached(
  { id, url, listenerForwardsTo }: Named & { listenerForwardsTo: string | null },
  forwardsTo: string,
): Audited[] {
  const changes = differences({ forwards_to: listenerForwardsTo }, { forwards_to: forwardsTo });
  return changes.length === 0 ? [] : [{ action: "webhook.updated", subject: { id, name: url }, changes }];
}

/** What switched it, if anything did. Whoever switches it off needs no reason; the rules tell theirs. */
export function webhookSwitched(webhook: Named, before: Standing, after: Standing): Audited[] {
  if (before.isActive === after.isActive) return [];
  if (after.isActive) return [webhookAudited("webhook.switched_on", webhook)];
  return [webhookAudited("webhook.switched_off", webhook, { reason: after.disabledReason })];
}

/** A pause, another end of it, or its end. Nothing when all is as it was. */
export function webhookPaused(id: string, before: Editable, after: Editable): Audited[] {
  const subject = { id, name: after.settings.url };
  const [was, is] = [before.standing.pause, after.standing.pause];
  if (is === null) return was === null ? [] : [{ action: "webhook.resumed", subject, changes: [] }];
  const changes = differences(endOf(was), endOf(is));
  return was !== null && changes.length === 0 ? [] : [{ action: "webhook.paused", subject, changes }];
}

/** A new secret, and how long the old one still signs. */
export function secretRotated(
  id: string,
  { settings: before }: Editable,
  { settings: after }: Editable,
): Audited {
  const overlapMs = (after.previousSecretUntil ?? after.updatedAt) - after.updatedAt;
  return {
    action: "webhook.secret_rotated",
    subject: { id, name: after.url },
    changes: [...secretChange(before, after), ...given({ overlap_seconds: overlapMs / 1000 })],
  };
}

function settingChanges(before: WebhookSettings, after: WebhookSettings): Change[] {
  const { secret: _, ...written } = settingsOf(after);
  return [
    ...differences(settingsOf(before), written),
    ...secretChange(before, after),
    ...headerChange(before, after),
    ...differences(
      { timeout_seconds: secondsOf(before.timeoutMs) },
      { timeout_seconds: secondsOf(after.timeoutMs) },
    ),
  ];
}

/** A line a header, also where only a secret value is another one. */
function headerChange({ headers: from }: WebhookSettings, { headers: to }: WebhookSettings): Change[] {
  return sameHeaders(from, to) ? [] : [{ field: "headers", from: headerLines(from), to: headerLines(to) }];
}

const headerLines = (headers: StaticHeader[]) =>
  shownHeaders(headers).map(({ name, value }) => `${name}: ${value}`);

const secondsOf = (ms: number | null | undefined) => (ms == null ? null : ms / 1_000);

/** A sealed secret differs from any other one, also where both hold the same. */
function secretChange({ secret: from }: WebhookSettings, { secret: to }: WebhookSettings): Change[] {
  return from === to ? [] : [{ field: "secret", from: from && hidden, to: to && hidden }];
}

type Told = Pick<New, "url" | "events" | "conditions" | "description" | "secret" | "clientCertificate">;

const settingsOf = (settings: Told) => ({
  webhook_url: settings.url,
  events: settings.events,
  conditions: settings.conditions ? wordsOf(settings.conditions) : null,
  description: settings.description,
  secret: settings.secret && hidden,
  client_certificate: settings.clientCertificate ? nameOf(settings.clientCertificate) : null,
});

const wordsOf = (conditions: Conditions) =>
  Object.entries(conditions).map(([type, condition]) => `${type}: ${conditionWords(condition)}`);

/** Which one it is; its key is told by nobody. */
const nameOf = ({ subject, fingerprint }: ClientCertificate) => `${subject} (SHA-256 ${fingerprint})`;

const endOf = (pause: Pause | null) => ({
  paused_until: pause?.until == null ? null : isoTime(pause.until),
});

const isoTime = (at: number) => new Date(at).toISOString();

import { type AuditAction, type Audited, differences, given } from "./action";

type Key = { id: string; name: string | null; prefix: string };

/** Something done to a key, which is called by its name, or by its first characters. */
export const keyAudited = (
  action: AuditAction & `api_key.${string}`,
  { id, name, prefix }: Key,
  facts: Parameters<typeof given>[0] = {},
): Audited => ({ action, subject: { id, name: name ?? prefix }, changes: given(facts) });

export const keyCreated = (key: Key & { access: string; expiresAt: number | null }): Audited =>
  keyAudited("api_key.created", key, {
    access: key.access,
    expires_at: key.expiresAt === null ? null : new Date(key.expiresAt).toISOString(),
  });

/** A person, called by their address; the log keeps it when the account is gone. */
type Person = { userId: string; email: string | null };

export const memberAudited = (
  action: "member.joined" | "member.removed",
  { userId, email }: Person,
  role: string,
): Audited => ({ action, subject: { id: userId, name: email }, changes: given({ role }) });

export const roleChanged = ({ userId, email }: Person, from: string, to: string): Audited[] =>
  from === to
    ? []
    : [
        {
          action: "member.role_changed",
          subject: { id: userId, name: email },
          changes: [{ field: "role", from, to }],
        },
      ];

/** What a member wants to hear by mail. */
export const noticesChosen = ({ userId, email }: Person, from: string[], to: string[]): Audited[] => {
  const changes = differences({ mail: from }, { mail: to });
  return changes.length === 0
    ? []
    : [{ action: "member.notices_chosen", subject: { id: userId, name: email }, changes }];
};

/** Links have no name: who made one is told with it. */
export const invitationAudited = (
  action: AuditAction & `invitation.${string}`,
  { id, role }: { id: string; role: string },
): Audited => ({ action, subject: { id, name: null }, changes: given({ role }) });

export const resetLinkCreated = ({ userId, email }: Person): Audited => ({
  action: "reset_link.created",
  subject: { id: userId, name: email },
  changes: [],
});

type Customer = { id: string; name: string; externalId: string | null };

export const portalLinkCreated = ({ id, name }: Customer, expiresAt: number): Audited => ({
  action: "portal_link.created",
  subject: { id, name },
  changes: given({ expires_at: new Date(expiresAt).toISOString() }),
});

export const customerAudited = (
  action: "customer.created" | "customer.deleted",
  { id, name, externalId }: Customer,
): Audited => ({ action, subject: { id, name }, changes: given({ name, external_id: externalId }) });

export const customerRenamed = ({ id, name: from }: Customer, to: string): Audited[] =>
  from === to
    ? []
    : [{ action: "customer.renamed", subject: { id, name: to }, changes: [{ field: "name", from, to }] }];

export const platformAudited = (action: AuditAction & `platform.${string}`): Audited => ({
  action,
  subject: { id: "platform", name: null },
  changes: [],
});

import type { Actor } from "@/domain/audit/actor";
import type { Cursor, Page } from "./page";

export type Customer = { id: string; name: string; externalId: string | null; createdAt: number };
export type ApiKey = {
  id: string;
  customerId: string;
  name: string | null;
  /** The first characters of the key, enough for a person to tell keys apart. */
  prefix: string;
  access: KeyAccess;
  createdAt: number;
  /** About, to a minute; null when it was never used. */
  lastUsedAt: number | null;
  /** It is refused from then on; null when it never ends by itself. */
  expiresAt: number | null;
};
export const keyAccess = ["full", "read"] as const;
/** Whether a key may change anything, or only look. */
export type KeyAccess = (typeof keyAccess)[number];
export const roles = ["owner", "member", "viewer"] as const;
export type Role = (typeof roles)[number];
export type Member = { userId: string; customerId: string; role: Role; createdAt: number };
export type Invitation = { id: string; customerId: string; role: Role; expiresAt: number; createdAt: number };

export type AccessStore = {
  /** Adds a customer. An external id must be free, also as another customer's id. */
  createCustomer(
    customer: { id: string; name: string; externalId: string | null },
    by: Actor,
  ): Promise<Customer | "external_id_taken">;
  /** A customer with its first owner, in one commit. A person who already belongs to a customer stays there. */
  createCustomerWithOwner(
    customer: { id: string; name: string; ownerId: string },
    by: Actor,
  ): Promise<Member>;
  /** The platform's customers, newest first. */
  listCustomers(range: { pageSize: number; cursor?: Cursor }): Promise<Page<Customer>>;
  findCustomer(idOrExternalId: string): Promise<Customer | null>;
  renameCustomer(idOrExternalId: string, name: string, by: Actor): Promise<Customer | null>;
  /**
   * Ends a customer: keys, sessions and deliveries stop with this commit, and its people's accounts are gone, so
   * that their addresses can sign up anew. Rows of events go later, in small batches.
   */
  deleteCustomer(idOrExternalId: string, by: Actor): Promise<boolean>;

  /** Stores a key by its SHA-256 (hex). Null when there is no such customer; it has up to 100. */
  createApiKey(
    key: {
      id: string;
      customerId: string;
      name: string | null;
      prefix: string;
      hash: string;
      access: KeyAccess;
      /** Null for one that lasts until it is revoked. */
      expiresAt: number | null;
    },
    by: Actor,
  ): Promise<ApiKey | "limit_reached" | null>;
  /** A customer's keys, newest first. */
  listApiKeys(customerId: string): Promise<ApiKey[]>;
  /** Dead at once. False when the customer has no such key. */
  revokeApiKey(customerId: string, keyId: string, by: Actor): Promise<boolean>;
  /** The hot path of every authenticated call: one indexed read. Also finds a key that came to its end. */
  findApiKey(hash: string): Promise<ApiKey | null>;
  /** These keys were used about now. */
  noteKeyUses(keyIds: string[]): Promise<void>;

  /** The customer that a person belongs to, with the role; null when none. */
  findMember(userId: string): Promise<Member | null>;
  listMembers(customerId: string): Promise<Member[]>;
  /**
   * Changes a member's role. A customer keeps its last owner. The links that somebody made end when they are no
   * owner any more.
   */
  setRole(
    member: { userId: string; customerId: string; role: Role },
    by: Actor,
  ): Promise<Member | "not_found" | "last_owner">;
  /** Ends a membership, and with it the links that the member made and the reset link that is for the member. */
  removeMember(
    customerId: string,
    userId: string,
    by: Actor,
  ): Promise<"removed" | "not_found" | "last_owner">;
  /**
   * A single-use link that makes whoever opens it a member of the maker's customer, stored by the SHA-256 of its
   * token. Null when the maker is no owner.
   */
  createInvitation(
    invitation: { id: string; makerId: string; role: Role; hash: string; lastsMs: number },
    by: Actor,
  ): Promise<Invitation | null | "too_many">;
  listInvitations(customerId: string): Promise<Invitation[]>;
  revokeInvitation(customerId: string, invitationId: string, by: Actor): Promise<boolean>;
  findInvitation(hash: string): Promise<Invitation | null>;
  /** Uses an invitation up. Null when it is unknown, used or over, or the person belongs to a customer already. */
  acceptInvitation(hash: string, userId: string, by: Actor): Promise<Member | null>;

  /**
   * A single-use link that sets a person's password, by the SHA-256 of its token; it replaces the person's
   * earlier one. False when its maker is no owner of the person's customer; the operator's has no maker.
   */
  createResetLink(
    link: { userId: string; makerId: string | null; hash: string; lastsMs: number },
    by: Actor,
  ): Promise<boolean>;
  isResetLinkOpen(hash: string): Promise<boolean>;
  /** Uses a link up. Answers whose it is; null when it is unknown, used or over. */
  redeemResetLink(hash: string): Promise<string | null>;
  endResetLink(userId: string): Promise<void>;

  /**
   * A single-use link to a customer's dashboard, by the SHA-256 of its token. Answers when it ends; null when
   * there is no such customer.
   */
  createPortalLink(
    link: { customerId: string; hash: string; lastsMs: number },
    by: Actor,
  ): Promise<number | null>;
  /** True while the link could still be redeemed: looking does not use it up. */
  isPortalLinkOpen(hash: string): Promise<boolean>;
  /** Uses the link up and opens a session of the given length. Null when unknown, used or over. */
  redeemPortalLink(redeem: {
    hash: string;
    sessionHash: string;
    lastsMs: number;
  }): Promise<{ customerId: string; expiresAt: number } | null>;
  findPortalSession(sessionHash: string): Promise<{ customerId: string; expiresAt: number } | null>;
  endPortalSession(sessionHash: string): Promise<void>;
};

import type { Actor } from "@/domain/audit/actor";
import type { NoticeKind } from "@/domain/notice/kinds";
import type { Notice } from "@/domain/notice/notice";

/** What a member wants to hear by mail. */
export type NoticeChoice = {
  userId: string;
  /** In the order of `noticeKinds`; none when they want no mail. */
  kinds: NoticeKind[];
  /** Where it goes: the address that the member has proved to be theirs; null before that. */
  address: string | null;
};

/** A webhook of a mail, under its name of now, and what happened to it, oldest first. */
export type DigestWebhook = {
  id: string;
  url: string;
  description: string | null;
  notices: (Notice & { at: number })[];
};

/** One mail to one member, which the caller alone may send until its lease ends. */
export type Digest = {
  userId: string;
  address: string;
  customerName: string;
  webhooks: DigestWebhook[];
  /** How far it tells, and which of the member's mails it is: what `settleDigest` is given. */
  upTo: number;
  lease: number;
};

export type NoticeStore = {
  /**
   * Tells of what happened to webhooks of one customer: writes the events for the customer's webhooks that ask for them,
   * and sets when its members' mails are due; each notice once. Answers whether there may be more.
   */
  passOnNotices(): Promise<boolean>;

  /** Null for who is no member. */
  findNoticeChoice(userId: string): Promise<NoticeChoice | null>;
  /** Of what happens from now on. Null for who is no member. */
  chooseNotices(
    choice: { userId: string; kinds: readonly NoticeKind[] },
    by: Actor,
  ): Promise<NoticeChoice | null>;
  /** This address is the member's: mails go there from now on. False for who is no member. */
  proveAddress(userId: string, address: string): Promise<boolean>;

  /** A mail that is due, to be sent within `lastsMs`; null when none is. */
  claimDigest(lastsMs: number): Promise<Digest | null>;
  /** How sending it ended. What was given up, after a day of failures, is told no more; a lost lease changes nothing. */
  settleDigest(
    digest: Pick<Digest, "userId" | "upTo" | "lease">,
    isSent: boolean,
  ): Promise<"settled" | "given_up" | "lease_lost">;
  /** Members whose mail waits, and those of them for whom the last one could not be sent. */
  countDigests(): Promise<{ waiting: number; failing: number }>;
};

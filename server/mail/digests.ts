import type { Store } from "@/db/store";
import { digestMail } from "@/domain/notice/digest-mail";
import { isStoreAway } from "@/domain/store-away";
import type { Mailer } from "./mailer";

type Log = { error(detail: object, message: string): void; warn(detail: object, message: string): void };

export type DigestsOptions = {
  store: Pick<Store, "claimDigest" | "settleDigest">;
  mailer: Mailer;
  log: Log;
  /** The address that people use. */
  site: string;
  /** Where a member ends all mails, without signing in. */
  unsubscribeUrl: (userId: string) => string;
};

const lookEveryMs = 2_000;
/** Longer than a mail server may take, so that no other worker sends the same meanwhile. */
const leaseMs = 120_000;

/**
 * Sends members what happened to webhooks, one mail after the other, whatever deliveries do meanwhile. A mail that was
 * sent by a process that ended before it could say so is sent once more. Answers how to stop, which waits for the mail
 * that is on its way.
 */
export function sendDigests(options: DigestsOptions): () => Promise<void> {
  const { store, log } = options;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let looking = look();

  return async () => {
    isStopped = true;
    clearTimeout(timer);
    await looking;
  };

  async function look(): Promise<void> {
    try {
      while (!isStopped && (await sendOne(options)));
    } catch (err) {
      if (!isStoreAway(err)) log.error({ err }, "Mails could not be looked for");
    }
    if (isStopped) return;
    timer = setTimeout(() => {
      looking = look();
    }, lookEveryMs);
  }

  async function sendOne({ mailer, site, unsubscribeUrl }: DigestsOptions): Promise<boolean> {
    const digest = await store.claimDigest(leaseMs);
    if (!digest) return false;
    const { userId, address, customerName, webhooks } = digest;
    const unsubscribe = unsubscribeUrl(userId);
    const mail = digestMail(customerName, webhooks, { site, unsubscribe });
    const failure = await mailer.send({ to: address, unsubscribe: `${unsubscribe}/one-click`, ...mail }).then(
      () => null,
      (err: unknown) => err,
    );
    const ended = await store.settleDigest(digest, failure === null);
    if (ended === "given_up")
      log.error({ err: failure, userId }, "A mail could not be sent for a day: it is given up");
    else if (failure !== null)
      log.warn({ err: failure, userId }, "A mail could not be sent, and is tried again");
    return true;
  }
}

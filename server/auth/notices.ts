import { noticeLimits } from "@/domain/limits";
import type { CallHeaders } from "@/server/http/call";
import { personActor } from "./actor";
import type { Auth } from "./auth";
import { addressPath, readAddressProof, readUnsubscribe } from "./mail-links";
import { listPeople, type Person } from "./person";

/** The path of a link by which somebody proves that this address is theirs, for a day. */
export const createAddressPath = ({ env, clock }: Auth, { id, email }: Person): string =>
  addressPath(env, { userId: id, address: email, endsAt: clock() + noticeLimits.addressLinkMs });

/** Whose address a link proves, while it is the one that they sign in with; null when the link is over. */
export async function findAddressProof(auth: Auth, token: string): Promise<Person | null> {
  const proof = readAddressProof(auth.env, token, auth.clock());
  const [person] = proof ? await listPeople(auth, [proof.userId]) : [];
  return person && person.email === proof?.address ? person : null;
}

/** Mails go to this address from now on. False when the link is over. */
export async function confirmAddress(auth: Auth, token: string): Promise<boolean> {
  const person = await findAddressProof(auth, token);
  return person !== null && auth.store.proveAddress(person.id, person.email);
}

/** Whether the person of a link in a mail still gets mails; null when nobody made it, or its person is gone. */
export async function getsMails({ env, store }: Auth, token: string): Promise<boolean | null> {
  const userId = readUnsubscribe(env, token);
  const choice = userId === null ? null : await store.findNoticeChoice(userId);
  return choice && choice.kinds.length > 0;
}

/** Ends all mails of the person of a link, who need not be signed in. False when nobody made it, or they are gone. */
export async function unsubscribe(auth: Auth, token: string, headers: CallHeaders): Promise<boolean> {
  const userId = readUnsubscribe(auth.env, token);
  const [person] = userId === null ? [] : await listPeople(auth, [userId]);
  if (!person) return false;
  const choice = { userId: person.id, kinds: [] };
  return (await auth.store.chooseNotices(choice, personActor(person, headers))) !== null;
}

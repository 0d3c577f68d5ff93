import { type ApiError, conflict, forbidden, tooMany } from "@/domain/errors";
import type { CallHeaders } from "@/server/http/call";
import { personActor } from "./actor";
import { ask } from "./ask";
import type { Auth } from "./auth";
import { hashKey } from "./keys";
import { networkOf } from "./network";
import { guardPassword } from "./password-guard";
import { findByEmail, type Person, toPerson } from "./person";
import { endPortalSession } from "./portal-session";
import type { Reply } from "./reply";

type SignUp = {
  name: string;
  email: string;
  password: string;
  /** The customer to found; the person's own name when not given. Unused with an invitation. */
  company?: string | undefined;
  /** The token of an invitation to join by. */
  invitation?: string | undefined;
};

/** An account older than this that still has no password is what a sign-up left that a crash cut off. */
const unfinishedAfterMs = 60_000;

/**
 * Makes an account and, with it, a customer that the person owns, or the membership that an invitation gives.
 * Throws ApiError 403 when sign-up is closed, 409 when the address has an account or the invitation is over,
 * 429 when the network has made many accounts.
 */
export async function signUp(auth: Auth, headers: Headers, wanted: SignUp): Promise<Reply> {
  const { invitation } = wanted;
  if (invitation === undefined && auth.env.signUp === "closed") {
    throw forbidden("Sign-up is closed here. Ask for an invitation.");
  }
  if (invitation !== undefined && !(await auth.store.findInvitation(hashKey(invitation))))
    throw invitationOver();
  const network = networkOf(headers);
  const waitMs = auth.signUps.take(network);
  if (waitMs > 0) {
    auth.forwarders.limited(headers, "sign-ups");
    throw tooManySignUps(waitMs);
  }
  try {
    return await makeAccount(auth, headers, wanted);
  } catch (error) {
    auth.signUps.giveBack(network);
    throw error;
  }
}

function tooManySignUps(waitMs: number): ApiError {
  const minutes = Math.ceil(waitMs / 60_000);
  const wait = minutes === 1 ? "a minute" : `${minutes} minutes`;
  return tooMany(`Many accounts were made from here. Try again in ${wait}.`, Math.ceil(waitMs / 1000));
}

async function makeAccount(auth: Auth, headers: Headers, wanted: SignUp): Promise<Reply> {
  const { name, email, password, invitation } = wanted;
  await removeUnfinished(auth, email);
  const company = invitation === undefined ? (wanted.company ?? name) : undefined;
  // Being told that an address is taken answers a guess, so such answers are counted like wrong passwords.
  const entered = await guardPassword(auth, headers, email.toLowerCase(), async () => {
    const body = { name, email, password, company };
    const answer = await ask(
      auth,
      (await auth.accounts()).api.signUpEmail({ body, headers, returnHeaders: true }),
    );
    if (!("refusal" in answer)) return answer;
    if (await findByEmail(auth, email)) return null;
    throw new Error(`A sign-up was refused: ${answer.refusal}.`);
  });
  if (!entered) throw emailTaken();
  const { user } = entered.value;
  if (invitation === undefined) await completeSignUp(auth, headers, { ...user, company });
  else await joinOrUndo(auth, headers, user, invitation);
  return {
    body: { user: toPerson(user) },
    cookies: [...entered.cookies, ...(await endPortalSession(auth, headers))],
  };
}

/**
 * Makes the customer that a sign-up still owes: at once, or at the next sign-in when something failed in
 * between. Doing it twice does nothing.
 */
export async function completeSignUp(
  { store, accounts, newId }: Auth,
  headers: CallHeaders,
  user: Person & { company?: string | null | undefined },
): Promise<void> {
  if (!user.company) return;
  const founded = { id: newId(), name: user.company, ownerId: user.id };
  await store.createCustomerWithOwner(founded, personActor(user, headers));
  await (await (await accounts()).$context).internalAdapter.updateUser(user.id, { company: null });
}

/** Whoever uses an invitation up a moment earlier wins; the other has no account then. */
async function joinOrUndo(
  { store, accounts }: Auth,
  headers: CallHeaders,
  user: Person,
  invitation: string,
): Promise<void> {
  if (await store.acceptInvitation(hashKey(invitation), user.id, personActor(user, headers))) return;
  await (await (await accounts()).$context).internalAdapter.deleteUser(user.id);
  throw invitationOver();
}

async function removeUnfinished(auth: Auth, email: string): Promise<void> {
  const found = await findByEmail(auth, email);
  if (!found || found.accounts.length > 0) return;
  if (found.user.createdAt.getTime() > auth.clock() - unfinishedAfterMs) return;
  await (await (await auth.accounts()).$context).internalAdapter.deleteUser(found.user.id);
}

export const invitationOver = () =>
  conflict("invitation_over", "This invitation was used, withdrawn, or is over. Ask for a new one.");

const emailTaken = () =>
  conflict("email_taken", "This email address has an account already.", [
    {
      path: ["email"],
      message: "This address has an account already. Sign in instead.",
      code: "email_taken",
    },
  ]);

import type { CallHeaders } from "@/server/http/call";
import { ask } from "./ask";
import type { Auth } from "./auth";

/** Someone with an account; not always a member of a customer. */
export type Person = { id: string; name: string; email: string };

/** Who is signed in, by the session cookie; null when nobody is. */
export async function findPerson(auth: Auth, headers: CallHeaders): Promise<Person | null> {
  if (!headers.has("cookie")) return null;
  const call = (await auth.accounts()).api.getSession({
    headers: new Headers([...headers.entries()]),
    returnHeaders: true,
  });
  const answer = await ask(auth, call);
  return "value" in answer && answer.value ? toPerson(answer.value.user) : null;
}

/** The account of an email address, with the ways to sign in that it has. */
export async function findByEmail({ accounts }: Auth, email: string) {
  const { internalAdapter } = await (await accounts()).$context;
  return internalAdapter.findUserByEmail(email.toLowerCase(), { includeAccounts: true });
}

/** The people behind user ids, in no order. */
export async function listPeople({ accounts }: Auth, ids: string[]): Promise<Person[]> {
  const { adapter } = await (await accounts()).$context;
  const where = [{ field: "id", operator: "in" as const, value: ids }];
  const found = await adapter.findMany<Person>({ model: "user", where, limit: ids.length });
  return found.map(toPerson);
}

export const toPerson = ({ id, name, email }: Person): Person => ({ id, name, email });

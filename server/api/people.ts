import type { Auth } from "@/server/auth/auth";
import { type Person, toPerson } from "@/server/auth/person";

/** People by their ids. Those without an account any more are left out. */
export async function findPeople(auth: Auth, ids: string[]): Promise<Map<string, Person>> {
  const { internalAdapter } = await auth.accounts.$context;
  const found = await Promise.all(ids.map((id) => internalAdapter.findUserById(id)));
  return new Map(found.flatMap((user) => (user ? [[user.id, toPerson(user)] as const] : [])));
}

import { headers } from "next/headers";
import { runtime } from "@/server/process/runtime";
import { authenticate } from "./identify";
import { findPerson, type Person } from "./person";
import type { Principal } from "./principal";

/** For pages: who is signed in to a customer's dashboard; null when nobody is. */
export async function currentMember(): Promise<Extract<Principal, { kind: "member" }> | null> {
  const found = await authenticate(await headers());
  return found?.kind === "member" ? found : null;
}

/** For pages: the account that is signed in, also one that belongs to no customer (any more). */
export async function currentPerson(): Promise<Person | null> {
  return findPerson(runtime().auth, await headers());
}

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { authenticate, type Principal } from "./principal";
import { signInPath } from "./return-path";

export type MemberPrincipal = Extract<Principal, { kind: "member" }>;

/** Who asks for the page that is rendered; found once per request. Null when nobody is signed in. */
export const currentPrincipal = cache(async (): Promise<Principal | null> => {
  const found = await authenticate(await headers());
  return found === null || found.kind === "wrong_key" || found.kind === "too_many_guesses" ? null : found;
});

/** For pages: who is signed in, else on to the sign-in page and back to `path` after it. */
export async function requireMember(path: string): Promise<MemberPrincipal> {
  const principal = await currentPrincipal();
  if (principal?.kind !== "member") redirect(signInPath(path));
  return principal;
}

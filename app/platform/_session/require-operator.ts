import { TRPCError } from "@trpc/server";
import { redirect } from "next/navigation";
import { cache } from "react";
import { platformApi } from "@/app/_trpc/server";
import { type SearchParams, withSearch } from "@/app/dashboard/_session/require-session";

/** The operator who asks for this page; null when none is signed in. Asked once per request. */
export const findOperatorSession = cache(async () => {
  try {
    return await platformApi.platform.session();
  } catch (error) {
    if (error instanceof TRPCError && error.code === "UNAUTHORIZED") return null;
    throw error;
  }
});

/** Guards a page of /platform: without a session it leads to the sign-in page, and from there back. */
export async function requireOperator(path: string, search: Promise<SearchParams>) {
  const session = await findOperatorSession();
  const here = withSearch(path, await search);
  return session ?? redirect(`/platform/sign-in?to=${encodeURIComponent(here)}`);
}

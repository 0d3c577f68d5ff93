import { TRPCError } from "@trpc/server";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { api } from "@/app/_trpc/server";
import { overPath, signInPath } from "@/server/auth/return-path";

/** Who asks for this page; null when nobody is signed in. Asked once per request. */
export const findSession = cache(async () => {
  try {
    return await api.session.get();
  } catch (error) {
    if (error instanceof TRPCError && error.code === "UNAUTHORIZED") return null;
    throw error;
  }
});

export type SearchParams = Record<string, string | string[] | undefined>;

/** What a page gets, with the names of its path parameters. */
export type PageProps<Name extends string = never> = {
  params: Promise<Record<Name, string>>;
  searchParams: Promise<SearchParams>;
};

/** Guards a page: without a session it leads to the sign-in page, and from there back to this very URL. */
export async function requireSession(path: string, search: Promise<SearchParams>) {
  const session = await findSession();
  if (session) return session;
  // In a frame nobody can sign in: the site around it opens a new one.
  if ((await headers()).get("sec-fetch-dest") === "iframe") redirect(overPath);
  return redirect(signInPath(withSearch(path, await search)));
}

/** The path of a page with its query, to come back to. */
export function withSearch(path: string, search: SearchParams): string {
  const pairs = Object.entries(search).flatMap(([name, value]) =>
    [value ?? []].flat().map((one) => [name, one]),
  );
  const query = new URLSearchParams(pairs).toString();
  return query ? `${path}?${query}` : path;
}

/** Reads single values of a query; of repeated ones the first. */
export const readOne = (search: SearchParams) => (name: string) => [search[name] ?? ""].flat()[0] ?? "";

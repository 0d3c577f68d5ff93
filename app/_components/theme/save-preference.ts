"use server";

import { cookies } from "next/headers";
import { readTheme, readZone, type Theme, themeCookie, zoneCookie } from "./theme";

const yearSeconds = 365 * 24 * 60 * 60;
const options = { path: "/", maxAge: yearSeconds, sameSite: "lax" } as const;

/** Remembers the theme in this browser, where the server can read it before it draws a page. */
export async function saveTheme(theme: Theme): Promise<void> {
  (await cookies()).set(themeCookie, readTheme(theme), options);
}

/** Remembers the time zone that times are shown in; null follows the browser again. */
export async function saveZone(zone: string | null): Promise<void> {
  const known = readZone(zone ?? undefined);
  const jar = await cookies();
  if (known) jar.set(zoneCookie, known, options);
  else jar.delete(zoneCookie);
}

"use server";

import { cookies } from "next/headers";
import { cookiePath } from "@/app/_components/url/site-path";
import { knownZone } from "@/domain/time/zone";
import { type Preferences, preferenceCookies, rowHeights, themes } from "./preferences";

const yearSeconds = 365 * 24 * 60 * 60;
const options = { path: cookiePath, maxAge: yearSeconds, sameSite: "lax" } as const;

/** Remembers preferences in this browser. Anyone may call this: unknown values are dropped. */
export async function savePreference(change: Partial<Preferences>): Promise<void> {
  const jar = await cookies();
  if (change.theme && themes.includes(change.theme)) jar.set(preferenceCookies.theme, change.theme, options);
  if (change.zone !== undefined) {
    const zone = knownZone(String(change.zone ?? ""));
    if (zone) jar.set(preferenceCookies.zone, zone, options);
    else jar.delete({ name: preferenceCookies.zone, path: cookiePath });
  }
  if (change.rowHeight && rowHeights.includes(change.rowHeight))
    jar.set(preferenceCookies.rowHeight, change.rowHeight, options);
  if (change.singleKeys !== undefined) {
    jar.set(preferenceCookies.singleKeys, change.singleKeys ? "on" : "off", options);
  }
}

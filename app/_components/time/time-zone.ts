"use client";

import { useSyncExternalStore } from "react";
import { usePreferences } from "@/app/_components/preferences/preferences-provider";

/** The time zone that times are shown in: the chosen one, else the browser's (UTC while on the server). */
export function useTimeZone(): string {
  const { zone } = usePreferences().preferences;
  const browser = useSyncExternalStore(neverChanges, browserZone, () => "UTC");
  return zone ?? browser;
}

const browserZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
const neverChanges = () => () => {};

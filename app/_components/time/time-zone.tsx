"use client";

import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";

const ChosenZone = createContext<string | null>(null);

/** The time zone that the person chose in the settings; null follows the browser. */
export function TimeZoneProvider({ zone, children }: { zone: string | null; children: ReactNode }) {
  return <ChosenZone value={zone}>{children}</ChosenZone>;
}

/** The time zone that times are shown in. Unknown on the server unless chosen, where UTC stands in. */
export function useTimeZone(): string {
  const chosen = useContext(ChosenZone);
  const browser = useSyncExternalStore(neverChanges, browserZone, () => "UTC");
  return chosen ?? browser;
}

const browserZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
const neverChanges = () => () => {};

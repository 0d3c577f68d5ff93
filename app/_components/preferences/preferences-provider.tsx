"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { toast } from "@/app/_components/ui/toast";
import type { Preferences } from "./preferences";
import { savePreference } from "./save-preference";

type PreferencesContext = { preferences: Preferences; change: (change: Partial<Preferences>) => void };

const Context = createContext<PreferencesContext>({
  preferences: { theme: "system", zone: null, singleKeys: true, rowHeight: "roomy" },
  change: () => {},
});

/** Gives the page its preferences, as the server read them; a change shows at once and is remembered. */
export function PreferencesProvider({ initial, children }: { initial: Preferences; children: ReactNode }) {
  const [preferences, setPreferences] = useState(initial);
  const context = useMemo(() => {
    const change = (change: Partial<Preferences>) => {
      setPreferences((before) => ({ ...before, ...change }));
      savePreference(change).catch(() =>
        toast.error("This could not be remembered. Check your connection, or load the page anew."),
      );
    };
    return { preferences, change };
  }, [preferences]);
  useEffect(() => {
    document.documentElement.dataset.theme = preferences.theme;
    document.documentElement.dataset.rows = preferences.rowHeight;
  }, [preferences.theme, preferences.rowHeight]);
  return <Context value={context}>{children}</Context>;
}

export const usePreferences = () => useContext(Context);

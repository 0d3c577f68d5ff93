import { knownZone } from "@/domain/time/zone";

export const themes = ["system", "light", "dark"] as const;
export const rowHeights = ["roomy", "compact"] as const;
export type RowHeight = (typeof rowHeights)[number];

export type Theme = (typeof themes)[number];

/** What a person prefers in this browser. Cookies, so that the server draws it right at once. */
export type Preferences = {
  theme: Theme;
  /** Null follows the browser. */
  zone: string | null;
  singleKeys: boolean;
  rowHeight: RowHeight;
};

export const preferenceCookies = {
  theme: "fanfare_theme",
  zone: "fanfare_zone",
  singleKeys: "fanfare_keys",
  rowHeight: "fanfare_rows",
};

/** Preferences from the request's cookies; whatever is absent or unknown gets its default. */
export function readPreferences(read: (cookie: string) => string | undefined): Preferences {
  const theme = read(preferenceCookies.theme);
  const rowHeight = read(preferenceCookies.rowHeight);
  return {
    theme: themes.find((known) => known === theme) ?? "system",
    zone: knownZone(read(preferenceCookies.zone)),
    singleKeys: read(preferenceCookies.singleKeys) !== "off",
    rowHeight: rowHeights.find((known) => known === rowHeight) ?? "roomy",
  };
}

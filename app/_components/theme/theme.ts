export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

export const themeCookie = "fanfare_theme";
export const zoneCookie = "fanfare_zone";

/** A theme from a cookie's value; anything unknown follows the system. */
export const readTheme = (value: string | undefined): Theme =>
  themes.find((theme) => theme === value) ?? "system";

/** A time zone from a cookie's value; null when absent or unknown, which follows the browser. */
export function readZone(value: string | undefined): string | null {
  if (!value) return null;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: value }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

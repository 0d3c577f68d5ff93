/**
 * A URL in its parts; null for what is none. Not `URL.canParse`: in Node.js 20.20.2 that says false of a host with letters
 * such as ü once it has been asked a few thousand times.
 */
export function parseUrl(text: string, base?: string): URL | null {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}

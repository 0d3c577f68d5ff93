/**
 * Headers out of whatever a log prints: `Name: value` lines, curl's `< name: value`, or a JSON object. Names come
 * out in lower case; lines that are no header are left out.
 */
export function parseHeaderText(text: string): Record<string, string> {
  return jsonHeaders(text) ?? Object.fromEntries(text.split("\n").flatMap(lineHeader));
}

function jsonHeaders(text: string): Record<string, string> | null {
  if (!text.trim().startsWith("{")) return null;
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== "object" || parsed === null) return null;
    return Object.fromEntries(
      Object.entries(parsed).map(([name, value]) => [name.toLowerCase(), String([value].flat()[0] ?? "")]),
    );
  } catch {
    return null;
  }
}

function lineHeader(line: string): [string, string][] {
  const found = /^[<>\s]*["']?([A-Za-z0-9-]+)["']?\s*[:=]\s*["']?(.*?)["']?,?\s*$/.exec(line);
  return found?.[1] && found[2] !== undefined ? [[found[1].toLowerCase(), found[2]]] : [];
}

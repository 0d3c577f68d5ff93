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
      Object.entries(parsed).map(([name, value]) => [name.toLowerCase(), headerText([value].flat()[0])]),
    );
  } catch {
    return null;
  }
}

/** A value that is itself an object or a list is none that a header has. */
const headerText = (value: unknown) => (typeof value === "object" ? "" : String(value ?? ""));

function lineHeader(line: string): [string, string][] {
  const text = line.replace(/^[<>\s]+/, "").trim();
  const at = text.search(/[:=]/);
  const name = unquoted(text.slice(0, Math.max(0, at)).trim());
  if (!/^[A-Za-z0-9-]+$/.test(name)) return [];
  return [
    [
      name.toLowerCase(),
      unquoted(
        text
          .slice(at + 1)
          .trim()
          .replace(/,$/, ""),
      ),
    ],
  ];
}

const unquoted = (text: string) => text.replace(/^["']/, "").replace(/["']$/, "");

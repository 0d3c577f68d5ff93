/** When a log's line was written: epoch seconds, and whether it said in which time zone. */
export type LogTime = { seconds: number; hasZone: boolean };

/** The written forms of a time that logs begin their lines with. */
const iso =
  /(?<!\d)(20\d\d)[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,]\d{1,9})?\s?(Z|UTC|[+-]\d\d:?\d\d)?/g;
/** `28/Nov/2026:06:03:58 +0000` of Apache and nginx, `28/Nov/2026 06:03:57` of Django. */
const common =
  /(?<!\d)(\d\d)[/ -]([A-Z][a-z]{2})[/ -](20\d\d)[: ](\d\d):(\d\d):(\d\d)(?:\s(GMT|UTC|[+-]\d{4}))?/g;

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** When a log's text was written: by the first time at the beginning of a line, or of a name that says so. */
export function logTimeIn(text: string): LogTime | null {
  for (const { 1: year, 2: month, 3: day, 4: hour, 5: minute, 6: second, 7: zone, index } of text.matchAll(
    iso,
  )) {
    if (!isOfLog(text, index)) continue;
    return timeOf(`${year}-${month}-${day}T${hour}:${minute}:${second}`, zone);
  }
  for (const {
    1: day,
    2: month = "",
    3: year,
    4: hour,
    5: minute,
    6: second,
    7: zone,
    index,
  } of text.matchAll(common)) {
    const number = months.indexOf(month) + 1;
    if (number === 0 || !isOfLog(text, index)) continue;
    return timeOf(`${year}-${String(number).padStart(2, "0")}-${day}T${hour}:${minute}:${second}`, zone);
  }
  return null;
}

/** How far from the beginning of its line a log's time stands at most. */
const prefixCharacters = 80;

/** Times in bodies are of what the event tells: `created_at`, or whatever the data hold. */
function isOfLog(text: string, index: number): boolean {
  const before = text.slice(Math.max(0, index - prefixCharacters), index);
  if (/(?:time|timestamp|ts|date)\W{1,8}$/i.test(before)) return true;
  const isAtBeginning = before.length < prefixCharacters || before.includes("\n");
  return (
    isAtBeginning && !/_at\W{1,8}$/.test(before) && !before.slice(before.lastIndexOf("\n") + 1).includes("{")
  );
}

function timeOf(local: string, zone: string | undefined): LogTime | null {
  const offset = zone === undefined || /^[ZGU]/.test(zone) ? "Z" : zone.replace(/(\d\d):?(\d\d)$/, "$1:$2");
  const ms = Date.parse(`${local}${offset}`);
  return Number.isNaN(ms) ? null : { seconds: ms / 1000, hasZone: zone !== undefined };
}

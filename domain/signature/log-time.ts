/** When a log's line was written: epoch seconds, and whether it said in which time zone. */
export type LogTime = { seconds: number; hasZone: boolean };

/** The written forms of a time that logs begin their lines with. */
const iso =
  /(?<!\d)(20\d\d)[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,]\d{1,9})?\s?(Z|UTC|[+-]\d\d:?\d\d)?/;
/** `28/Nov/2026:06:03:58 +0000` of Apache and nginx, `28/Nov/2026 06:03:57` of Django. */
const common =
  /(?<!\d)(\d\d)[/ -]([A-Z][a-z]{2})[/ -](20\d\d)[: ](\d\d):(\d\d):(\d\d)(?:\s(GMT|UTC|[+-]\d{4}))?/;

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The first time that stands in a log's text; null when none does. */
export function logTimeIn(text: string): LogTime | null {
  const found = iso.exec(text);
  if (found) {
    const [, year, month, day, hour, minute, second, zone] = found;
    return timeOf(`${year}-${month}-${day}T${hour}:${minute}:${second}`, zone);
  }
  const [, day, month = "", year, hour, minute, second, zone] = common.exec(text) ?? [];
  const number = months.indexOf(month) + 1;
  if (number === 0) return null;
  return timeOf(`${year}-${String(number).padStart(2, "0")}-${day}T${hour}:${minute}:${second}`, zone);
}

function timeOf(local: string, zone: string | undefined): LogTime | null {
  const offset = zone === undefined || /^[ZGU]/.test(zone) ? "Z" : zone.replace(/(\d\d):?(\d\d)$/, "$1:$2");
  const ms = Date.parse(`${local}${offset}`);
  return Number.isNaN(ms) ? null : { seconds: ms / 1000, hasZone: zone !== undefined };
}

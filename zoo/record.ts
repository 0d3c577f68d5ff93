import { mkdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import type { Evidence } from "@/domain/diagnosis/evidence";
import type { Place } from "./place";
import type { Situation } from "./situation";
import { packagesFolder } from "./software";

/** What one run saw of a situation: a case of `domain/diagnosis/recorded.test.ts`. */
export type Recorded = { about: string; software: string; expected: string | null; evidence: Evidence };

const folder = "domain/diagnosis/recorded";

/** Keeps what was seen, without what is another at the next run or tells of this machine. */
export function record(situation: Situation, software: string, evidence: Evidence, place: Place): void {
  mkdirSync(folder, { recursive: true });
  const { about, expected } = situation;
  const recorded: Recorded = { about, software, expected, evidence: steadied(evidence) };
  const text = JSON.stringify(recorded, null, 2);
  writeFileSync(join(folder, `${situation.name}.json`), `${withoutPlace(text, place)}\n`);
}

/** Times are of this machine's day: what is left of them is which phases there were, and about how long. */
function steadied(evidence: Evidence): Evidence {
  const { timings, durationMs, history, peer } = evidence;
  const rounded = Object.entries(timings).map(([phase, ms]) => [phase, ms === null ? null : rough(ms)]);
  return {
    ...evidence,
    durationMs: rough(durationMs),
    timings: Object.fromEntries(rounded) as Evidence["timings"],
    peer: { ...peer, certificate_expires_at: peer.certificate_expires_at && someDay },
    history: {
      ...history,
      earlier: history.earlier.map((each) => ({ ...each, durationMs: rough(each.durationMs) })),
    },
  };
}

const someDay = "2027-01-01T00:00:00.000Z";
const someHttpDate = "Fri, 01 Jan 2027 00:00:00 GMT";
const someId = "00000000-0000-4000-8000-000000000000";

const rough = (ms: number) => Math.floor(ms / 1_000) * 1_000;

function withoutPlace(text: string, { folder: placeFolder, ports }: Place): string {
  const named = text
    .replaceAll(placeFolder, "/srv/zoo")
    .replaceAll(resolve(packagesFolder), "/srv/zoo/node_modules")
    .replaceAll(hostname(), "host.example");
  const ported = ports.reduce(
    (changed, port, index) => changed.replaceAll(String(port), String(10_001 + index)),
    named,
  );
  return ported
    .replace(
      /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d (?:GMT|[+-]\d{4})/g,
      someHttpDate,
    )
    .replace(/\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/g, someId)
    .replace(/\b0x[0-9a-f]{8,}\b/g, "0x0") // addresses of objects in pages for developers
    .replace(/\b(pre|post|c|v|)\d{14,}\b/g, "$11")
    .replace(/("x-runtime": ")[\d.]+/g, "$10")
    .replace(/\b(XID: )\d+/g, "$11")
    .replace(/("x-varnish": ")[\d ]+/g, "$11");
}

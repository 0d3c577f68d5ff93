/** Text that work may take long over: a lead, a unit repeated up to the length, and an end that fits nothing. */
export type Shape = { lead: string; unit: string; end: string };

/** Sizes in characters, up to the largest body that a usual call takes. */
const sizes = [4, 16, 64, 256].map((kib) => kib * 1024);

const shortSize = 1_024;

/** Below this nobody waits, and the collection of garbage would decide. */
const noticedMs = 100;
/** Four times the text takes 4 times as long when each character is looked at once, and 16 times when it is quadratic. */
const linearGrowth = 8;
/** How often the work may be measured until it is quick enough: whatever else goes on only makes it longer, but not this much. */
const chances = 5;
const hopeless = 4;

/**
 * Grows the text to 256 KiB, four times as long at each step, and tells where the work grew out of proportion;
 * null when it never did. It stops there: a quadratic pattern would take minutes.
 */
export function disproportion(work: (text: string) => unknown, shape: Shape): string | null {
  let before = Number.POSITIVE_INFINITY;
  for (const size of sizes) {
    const limit = Math.max(noticedMs, before * linearGrowth);
    const ms = msWithin(limit, work, textOf(shape, size));
    if (ms > limit && ms > longestMs(work, textOf(shape, size / 4)) * linearGrowth) {
      return `${ms.toFixed(0)} ms for ${size / 1024} KiB of ${JSON.stringify(shape)}, ${before.toFixed(1)} ms for a quarter`;
    }
    before = ms;
  }
  return null;
}

/** Of many shapes those few that take the longest when they are short; the first one that takes too long already. */
export function slowest(work: (text: string) => unknown, shapes: Shape[], count: number): Shape[] {
  const measured = [];
  for (const shape of shapes) {
    const text = textOf(shape, shortSize);
    const ms = msWithin(noticedMs, work, text);
    if (ms > noticedMs) return [shape];
    // What is compiled or collected meanwhile makes the first look longer, and would choose in its place.
    measured.push({ shape, ms: Math.min(ms, onceMs(work, text)) });
  }
  const ordered = measured.sort((a, b) => b.ms - a.ms);
  return ordered.slice(0, count).map(({ shape }) => shape);
}

const textOf = ({ lead, unit, end }: Shape, size: number) =>
  lead + unit.repeat(Math.ceil((size - lead.length - end.length) / unit.length)) + end;

/** The garbage of some work makes one and the same text take several times as long, for many looks in a row. */
function longestMs(work: (text: string) => unknown, text: string): number {
  return Math.max(...Array.from({ length: chances }, () => onceMs(work, text)));
}

function msWithin(limit: number, work: (text: string) => unknown, text: string): number {
  let ms = onceMs(work, text);
  for (let chance = 1; ms > limit && ms < limit * hopeless && chance < chances; chance += 1) {
    ms = Math.min(ms, onceMs(work, text));
  }
  return ms;
}

/** Of the processor's time, which a busy machine does not stretch. */
function onceMs(work: (text: string) => unknown, text: string): number {
  const start = process.cpuUsage();
  work(text);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

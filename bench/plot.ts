import { writeFileSync } from "node:fs";
import { publishedRow } from "./backlog";
import { besideQueues } from "./measure/peers";
import { connectionsOf, singleRow } from "./measure/single";
import type { Row } from "./measurement";
import { median } from "./numbers";
import type { Results } from "./results";

const file = "docs/speed.svg";

/** Draws the README's plot, and answers its file. Throws when the results have not what it shows. */
export function drawPlot(results: Results): string {
  writeFileSync(file, toSvg(results));
  return file;
}

type Panel = { title: string; subtitle: string; bars: { name: string; value: number }[] };

const width = 480;
const barHeight = 16;
const pitch = 40;
const headHeight = 62;
const margin = 16;

/** Bars in two panels, in the colours of whoever looks: light or dark. */
export function toSvg(results: Results): string {
  const panels = panelsOf(results);
  let y = 0;
  const drawn = panels.map((panel) => {
    const part = drawPanel(panel, y);
    y += headHeight + panel.bars.length * pitch;
    return part;
  });
  const height = y + 34;
  const { machine, rounds } = results;
  const source = `Medians of ${rounds} rounds, ${machine.cores} cores, ${results.date.slice(0, 10)}, ${results.commit.slice(0, 7)}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(inWords(panels))}">
<style>
  svg { --back: #ffffff; --text: #18181b; --quiet: #52525b; --bar: #a1a1aa; --own: #2563eb; }
  @media (prefers-color-scheme: dark) { svg { --back: #18181b; --text: #fafafa; --quiet: #a1a1aa; --bar: #71717a; --own: #60a5fa; } }
  text { font: 14px system-ui, sans-serif; fill: var(--text); }
  .title { font-weight: 600; font-size: 16px; }
  .quiet { fill: var(--quiet); font-size: 13px; }
  .own { font-weight: 600; }
  .value { text-anchor: end; font-variant-numeric: tabular-nums; }
  rect { fill: var(--bar); }
  rect.back { fill: var(--back); }
  rect.own { fill: var(--own); }
</style>
<rect class="back" width="${width}" height="${height}" rx="8"/>
${drawn.join("\n")}
<text class="quiet" x="${margin}" y="${height - 16}">${escapeXml(source)}</text>
</svg>
`;
}

function panelsOf({ rows }: Results): Panel[] {
  const words = connectionsOf(32);
  return [
    {
      title: "Deliveries a second",
      subtitle: "signed twice, over HTTPS; taking the events in is part of it",
      bars: barsOf(rows.peers, publishedRow(besideQueues)),
    },
    {
      title: "Single events a second",
      subtitle: `one in a request, ${words}, answered once on disk`,
      bars: barsOf(rows.single, singleRow(words)),
    },
  ];
}

function barsOf(rows: Row[] | undefined, what: string): Panel["bars"] {
  const row = rows?.find((each) => each.what === what);
  if (!row) throw new Error(`These results have no row "${what}": run the bench without --only.`);
  return Object.entries(row.values).map(([name, values]) => ({ name, value: median(values) }));
}

/** The first bar is this build's. */
function drawPanel({ title, subtitle, bars }: Panel, top: number): string {
  const longest = Math.max(...bars.map(({ value }) => value));
  const lines = bars.map(({ name, value }, index) => {
    const y = top + headHeight + index * pitch;
    const own = index === 0 ? ' class="own"' : "";
    const length = Math.max(1, Math.round(((width - 2 * margin) * value) / longest));
    return [
      `<text${own} x="${margin}" y="${y + 12}">${escapeXml(index === 0 ? "Fanfare" : name)}</text>`,
      `<text class="value${index === 0 ? " own" : ""}" x="${width - margin}" y="${y + 12}">${Math.round(value).toLocaleString("en")}</text>`,
      `<rect${own} x="${margin}" y="${y + 18}" width="${length}" height="${barHeight}" rx="3"/>`,
    ].join("\n");
  });
  return [
    `<text class="title" x="${margin}" y="${top + 30}">${escapeXml(title)}</text>`,
    `<text class="quiet" x="${margin}" y="${top + 50}">${escapeXml(subtitle)}</text>`,
    ...lines,
  ].join("\n");
}

const inWords = (panels: Panel[]) =>
  panels
    .map(({ title, bars }) => {
      const told = bars.map(({ name, value }) => `${name} ${Math.round(value).toLocaleString("en")}`);
      return `${title}: ${told.join(", ")}.`;
    })
    .join(" ");

const escapeXml = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

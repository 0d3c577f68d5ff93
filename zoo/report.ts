import type { Judged, Verdict } from "./verdict";

/** One situation that was run. */
export type Row = {
  name: string;
  about: string;
  software: string;
  back: string;
  expected: string | null;
  judged: Judged;
};
export type Skipped = { name: string; why: string };

const verdicts: Verdict[] = ["right", "likely", "vague", "wrong"];

/** `40 right, 3 likely, 0 vague, 0 wrong`. */
export const countsOf = (rows: Row[]) =>
  verdicts
    .map((verdict) => `${rows.filter(({ judged }) => judged.verdict === verdict).length} ${verdict}`)
    .join(", ");

/** What was run, as `docs/receivers.md` has it. */
export function reportOf(rows: Row[], skipped: Skipped[], date: string): string {
  const servers = new Set(rows.map(({ software }) => software.split(", ")[0]));
  return `# What real servers answer, and what Fanfare says

Made by \`npm run zoo\` on ${date}: ${rows.length} situations on ${servers.size} servers and frameworks, each started on loopback with a few lines of configuration (\`zoo/situations/\`) and delivered to by the built product. ${countsOf(rows)}.

*Right*: one cause, the true one. *Likely*: it comes first of those that look the same. *Vague*: it is among them, or nothing is claimed. *Wrong*: something else is said. A dash is a delivery of which nothing is said.

| situation | software | came back | expected | said | |
|---|---|---|---|---|---|
${rows.map(lineOf).join("\n")}
${skipped.map(({ name, why }) => `\nNot run: ${name} (${why}).`).join("")}
## The words

${rows.map(({ name, judged }) => `- **${name}**: ${judged.words || "–"}`).join("\n")}
`;
}

const lineOf = ({ about, software, back, expected, judged }: Row) =>
  `| ${[about, software, back, expected ?? "–", judged.said, judged.verdict].map(cell).join(" | ")} |`;

const cell = (text: string) => text.replaceAll("|", "\\|");

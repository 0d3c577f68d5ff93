/** What a mail says: the same as plain text and as simple HTML. Nothing in it is a header but the subject. */
export type MailContent = { subject: string; text: string; html: string };

/** A line, or one that leads somewhere. */
export type Line = string | { words: string; url: string };

/** A part of a mail: a heading and what is told under it. */
export type Section = { heading: Line; lines: Line[] };

/** Writes a mail from parts. What customers and receivers wrote is text, wherever it stands. */
export function writeMail(mail: {
  subject: string;
  lead: string[];
  sections?: Section[];
  footer: Line[];
}): MailContent {
  const { lead, sections = [], footer } = mail;
  const text = [
    ...lead.map(oneLine),
    ...sections.map(({ heading, lines }) =>
      [plain(heading), ...lines.map((line) => `  ${plain(line)}`)].join("\n"),
    ),
    ["--", ...footer.map(plain)].join("\n"),
  ].join("\n\n");
  const html = [
    ...lead.map((words) => `<p>${escaped(words)}</p>`),
    ...sections.map(
      ({ heading, lines }) =>
        `<h2 style="font-size:16px">${rich(heading)}</h2><ul>${lines.map((line) => `<li>${rich(line)}</li>`).join("")}</ul>`,
    ),
    `<hr><p style="color:#666">${footer.map(rich).join("<br>")}</p>`,
  ].join("\n");
  return { subject: oneLine(mail.subject), text: `${text}\n`, html: page(html) };
}

const page = (body: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><body style="font-family:sans-serif;max-width:40em">\n${body}\n</body></html>\n`;

/** On one line, so that it is neither another line nor another header. */
export const oneLine = (words: string) => words.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();

const plain = (line: Line) =>
  typeof line === "string" ? oneLine(line) : `${oneLine(line.words)}: ${line.url}`;

const rich = (line: Line) =>
  typeof line === "string" ? escaped(line) : `<a href="${escaped(line.url)}">${escaped(line.words)}</a>`;

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escaped = (words: string) => oneLine(words).replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);

/** Colours of an accent, as #rrggbb. */
export type Accent = { light: string; dark: string };

export const isColour = (text: string) => /^#[0-9a-f]{6}$/.test(text);

/** Of text and what it stands on (WCAG 2.2, 1.4.3). */
const enough = 4.5;
/** The lightest and darkest grounds that accented text stands on: see globals.css. */
const grounds = { light: ["#ffffff", "#f5f5f5"], dark: ["#0a0a0a", "#1a1a1a"] };
/** Of the accent in its own ground, on which it stands too. */
export const groundShare = 0.08;

/** Why people could not read text in these colours; null when they can. */
export function accentProblem({ light, dark }: Accent): string | null {
  for (const [page, colour] of [
    ["light", light],
    ["dark", dark],
  ] as const) {
    const own = mix(colour, grounds[page][0] ?? "", groundShare);
    for (const ground of [...grounds[page], own]) {
      const found = contrast(colour, ground);
      if (found < enough)
        return `has ${colour} for ${page} pages, which on ${ground} has a contrast of ${found.toFixed(2)}: text needs ${enough} to be read (WCAG AA). Take a ${page === "light" ? "darker" : "lighter"} one`;
    }
  }
  return null;
}

/** From 1 to 21, as WCAG defines it. */
export function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function mix(colour: string, ground: string, share: number): string {
  const below = channels(ground);
  const mixed = channels(colour).map((value, nth) =>
    Math.round(value * share + (below[nth] ?? 0) * (1 - share)),
  );
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

const channels = (colour: string) =>
  [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16));

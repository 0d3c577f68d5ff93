import { Marked } from "./marked";

type Hit = { path: string | null; excerpt: string };

/** Where an event holds what was looked for, under its row's first line. */
export function HitLine({ hit, text }: { hit: Hit | null | undefined; text: string }) {
  if (!hit) return null;
  return (
    <div translate="no" className="mono truncate text-xs text-muted">
      {hit.path !== null && <span className="text-faint">{`${hit.path}: `}</span>}
      <Marked text={hit.excerpt} part={soughtValue(text)} />
    </div>
  );
}

/** The value of `data.case_id = C-42`; any other text is the value itself. */
export function soughtValue(text: string): string {
  const value = /^\s*[\w$.[\]-]+\s*=\s*(\S(?:.*\S)?)\s*$/.exec(text)?.[1] ?? text.trim();
  return /^".+"$/.test(value) ? value.slice(1, -1) : value;
}

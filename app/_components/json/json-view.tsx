"use client";

import { ChevronDown, ChevronRight } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { CodeFrame } from "@/app/_components/ui/code-frame";
import { foldedAtFirst, memberCount, shownLines } from "./folds";
import { indentOf, type JsonLine, type JsonToken } from "./json-lines";

/** More lines than these are drawn when asked for: each is some elements of the page. */
const linesAtOnce = 200;

/** JSON as lines: in colour, its objects and arrays foldable. A long one starts folded; `head` is drawn above it. */
export function JsonView({
  label,
  lines,
  head,
  copy,
}: {
  label: string;
  lines: JsonLine[];
  head?: ReactNode;
  copy: string;
}) {
  const [folded, setFolded] = useState(() => foldedAtFirst(lines));
  const [drawn, setDrawn] = useState(linesAtOnce);
  const shown = useMemo(() => shownLines(lines, folded), [lines, folded]);
  const toggle = (at: number) => {
    const next = new Set(folded);
    if (!next.delete(at)) next.add(at);
    setFolded(next);
  };
  const left = shown.length - drawn;
  return (
    <CodeFrame label={label} copy={copy}>
      <div className="pl-4">
        {head && <div className="mb-[1.125rem]">{head}</div>}
        {shown.slice(0, drawn).map((at) => {
          const line = lines[at];
          if (!line) return null;
          const isFolded = folded.has(at);
          return (
            <div key={at} className="relative">
              {line.closedBy !== undefined && (
                <FoldButton line={line} isFolded={isFolded} onToggle={() => toggle(at)} />
              )}
              <span>{indentOf(line)}</span>
              <Tokens tokens={line.tokens} />
              {isFolded && <Folded lines={lines} at={at} onUnfold={() => toggle(at)} />}
            </div>
          );
        })}
      </div>
      {left > 0 && (
        <Button
          look="quiet"
          size="small"
          className="mt-1 font-sans"
          onClick={() => setDrawn(drawn + 5 * linesAtOnce)}
        >
          {`Show more: ${left.toLocaleString("en")} lines follow`}
        </Button>
      )}
    </CodeFrame>
  );
}

const colours: Record<JsonToken["kind"], string> = {
  key: "text-code-key",
  string: "text-code-string",
  number: "text-code-number",
  word: "text-code-number",
  mark: "text-faint",
};

const Tokens = ({ tokens }: { tokens: JsonToken[] }) =>
  tokens.map(({ kind, text }, index) => (
    <span key={String(index)} className={colours[kind]}>
      {text}
    </span>
  ));

function FoldButton({
  line,
  isFolded,
  onToggle,
}: {
  line: JsonLine;
  isFolded: boolean;
  onToggle: () => void;
}) {
  const Icon = isFolded ? ChevronRight : ChevronDown;
  const name = line.tokens[0]?.kind === "key" ? line.tokens[0].text.slice(1, -1) : "this part";
  return (
    <button
      type="button"
      aria-expanded={!isFolded}
      aria-label={`Lines of ${name}`}
      onClick={onToggle}
      className="absolute -left-5 grid h-[1.125rem] w-5 place-items-center rounded text-faint hover:text-ink"
    >
      <Icon aria-hidden className="size-3" />
    </button>
  );
}

/** What stands for the lines that are folded away. */
function Folded({ lines, at, onUnfold }: { lines: JsonLine[]; at: number; onUnfold: () => void }) {
  const count = memberCount(lines, at);
  const closing = lines[lines[at]?.closedBy ?? at]?.tokens ?? [];
  return (
    <>
      <button
        type="button"
        tabIndex={-1}
        onClick={onUnfold}
        className="mx-1 rounded bg-off-ground px-1.5 font-sans text-faint hover:text-ink"
      >
        {`${count.toLocaleString("en")} more`}
      </button>
      <Tokens tokens={closing} />
    </>
  );
}

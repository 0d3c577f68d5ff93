"use client";

import { type ReactNode, useState } from "react";
import { Button } from "./button";
import { CopyButton } from "./copy-button";

const shownLines = 40;
const shownCharacters = 4000;

/** Text exactly as it is, in mono. A long one starts folded; `head` is drawn above the text. */
export function CodeBlock({
  label,
  text,
  head,
  copy = text,
}: {
  label: string;
  text: string;
  head?: ReactNode;
  copy?: string;
}) {
  const [isOpen, setIsOpen] = useState(false);
  const folded = fold(text);
  const isFolded = folded.length < text.length && !isOpen;
  return (
    <figure aria-label={label} className="relative rounded-[10px] border border-line bg-sunken">
      <pre translate="no" className="px-3 py-2.5 pr-10 text-xs wrap-anywhere whitespace-pre-wrap text-ink">
        {head}
        <span>{isFolded ? folded : text}</span>
      </pre>
      {isFolded && (
        <Button look="quiet" size="small" className="mb-2 ml-1" onClick={() => setIsOpen(true)}>
          {`Show all ${text.length.toLocaleString("en")} characters`}
        </Button>
      )}
      <div className="absolute top-1 right-1 rounded-md bg-sunken">
        <CopyButton text={copy} label={`Copy ${label.toLowerCase()}`} />
      </div>
    </figure>
  );
}

function fold(text: string): string {
  return text.split("\n", shownLines).join("\n").slice(0, shownCharacters);
}

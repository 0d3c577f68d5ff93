"use client";

import { type ReactNode, useState } from "react";
import { Button } from "./button";
import { CodeFrame } from "./code-frame";

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
    <CodeFrame label={label} copy={copy}>
      {head}
      <span>{isFolded ? folded : text}</span>
      {isFolded && (
        <Button look="quiet" size="small" className="mt-1 block font-sans" onClick={() => setIsOpen(true)}>
          {`Show all ${text.length.toLocaleString("en")} characters`}
        </Button>
      )}
    </CodeFrame>
  );
}

function fold(text: string): string {
  return text.split("\n", shownLines).join("\n").slice(0, shownCharacters);
}

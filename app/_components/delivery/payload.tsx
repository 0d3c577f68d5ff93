"use client";

import { type ReactNode, useMemo, useState } from "react";
import { jsonLines } from "@/app/_components/json/json-lines";
import { JsonView } from "@/app/_components/json/json-view";
import { Button } from "@/app/_components/ui/button";
import { CodeBlock } from "@/app/_components/ui/code-block";

/** A body: JSON is indented for reading, and can be seen raw, as the exact text that it is. */
export function Payload({
  label,
  text,
  head,
  truncated = false,
}: {
  label: string;
  text: string;
  head?: ReactNode;
  truncated?: boolean;
}) {
  const [isRaw, setIsRaw] = useState(false);
  const lines = useMemo(() => jsonLines(text), [text]);
  return (
    <div>
      {lines && !isRaw ? (
        <JsonView key={text} label={label} lines={lines} head={head} copy={text} />
      ) : (
        <CodeBlock
          label={label}
          text={text}
          head={
            head && text !== "" ? (
              <>
                {head}
                {"\n"}
              </>
            ) : (
              head
            )
          }
        />
      )}
      <div className="mt-1 flex min-h-6 flex-wrap items-center gap-2 text-xs text-faint">
        <span>{sizeWords(text)}</span>
        {truncated && <span className="text-warn">Cut off: the body was longer than we keep.</span>}
        <div className="grow" />
        {lines && (
          <Button look="quiet" size="small" className="text-xs" onClick={() => setIsRaw(!isRaw)}>
            {isRaw ? "Show indented" : "Show raw"}
          </Button>
        )}
      </div>
    </div>
  );
}

function sizeWords(text: string): string {
  if (text === "") return "Empty body";
  const bytes = new TextEncoder().encode(text).length;
  return bytes < 1024 ? `${bytes} bytes` : `${(bytes / 1024).toFixed(1)} KiB`;
}

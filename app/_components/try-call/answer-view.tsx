"use client";

import { jsonLines } from "@/app/_components/json/json-lines";
import { JsonView } from "@/app/_components/json/json-view";
import { CodeBlock } from "@/app/_components/ui/code-block";
import { Problem } from "@/app/_components/ui/problem";
import { type TriedRequest, textOf } from "./request-of";
import type { TriedAnswer } from "./send-call";

/** What was sent and what came back. Its place is kept free, so that the page stays where it is. */
export function AnswerView({
  tried,
}: {
  tried: { request: TriedRequest; answer: TriedAnswer | Error } | null;
}) {
  return (
    <section
      aria-label="Answer"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys.
      tabIndex={0}
      className="grid h-72 grid-cols-[minmax(0,1fr)] content-start gap-3 overflow-y-auto rounded-[10px] border border-line p-3"
    >
      {tried === null && <p className="text-muted">The answer will be here.</p>}
      {tried && <Said answer={tried.answer} />}
      {tried && <CodeBlock label="Request as sent" text={textOf(tried.request)} />}
    </section>
  );
}

function Said({ answer }: { answer: TriedAnswer | Error }) {
  if (answer instanceof Error) return <Problem message={answer.message} />;
  const { status, text, headers, durationMs } = answer;
  const lines = jsonLines(text);
  return (
    <>
      <p aria-live="polite" className="font-medium">
        <span className={`mono ${status < 400 ? "text-ok" : "text-bad"}`}>{status}</span>
        <span className="text-muted">{` after ${durationMs} ms${text === "" ? ", without a body" : ""}`}</span>
      </p>
      {lines && <JsonView key={text} label="Body of the answer" lines={lines} copy={text} />}
      {!lines && text !== "" && <CodeBlock label="Body of the answer" text={text} />}
      <details className="text-sm">
        <summary className="text-muted">Headers of the answer</summary>
        <CodeBlock
          label="Headers of the answer"
          text={headers.map(([name, value]) => `${name}: ${value}`).join("\n")}
        />
      </details>
    </>
  );
}

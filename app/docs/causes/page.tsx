import type { Metadata } from "next";
import { causes } from "@/domain/diagnosis/causes";
import { hints } from "@/domain/diagnosis/hints";
import { DocsFrame } from "../_frame/docs-frame";
import { agentCauses } from "./_parts/agent-causes";
import { CauseArticle } from "./_parts/cause-article";
import { CauseContents } from "./_parts/cause-contents";
import { Confidences } from "./_parts/confidences";

export const metadata: Metadata = { title: "Causes of failures" };

/** Every cause that a diagnosis may name, made from the table that makes diagnoses. */
export default function CausesPage() {
  return (
    <DocsFrame
      current="/docs/causes"
      onPage={<CauseContents causes={[...causes, ...agentCauses, ...hints]} />}
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
        <header className="grid gap-3">
          <h1 className="text-xl">Causes of failures</h1>
          <p className="text-muted">
            {`The ${causes.length} causes that a diagnosis may name, each with what to do, how to tell it from others that look the same, and where it was seen. Codes are stable; words may change, and depend on what came back: here they are said as for a webhook at https://hooks.example.com/in.`}
          </p>
          <Confidences />
        </header>
        {causes.map((cause) => (
          <CauseArticle key={cause.code} cause={cause} />
        ))}
        <header className="grid gap-3">
          <h2 className="text-lg">Agents</h2>
          <p className="text-muted">
            What receives for an AI agent is seldom anybody's to mend, and answers as the protocol of agents
            has it.
          </p>
        </header>
        {agentCauses.map((cause) => (
          <CauseArticle key={cause.code} cause={cause} />
        ))}
        <header className="grid gap-3">
          <h2 className="text-lg">Hints</h2>
          <p className="text-muted">
            An answer with 2xx counts as delivered. Where it looks as if nobody had handled the event, the
            delivery has a hint.
          </p>
        </header>
        {hints.map((hint) => (
          <CauseArticle key={hint.code} cause={hint} />
        ))}
      </div>
    </DocsFrame>
  );
}

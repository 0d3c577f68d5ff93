import Link from "next/link";
import type { OpenApi } from "@/server/api/openapi/types";
import { CodeFrame } from "../../_components/ui/code-frame";
import { anchor } from "../_markdown/anchor";
import { Highlighted } from "../_markdown/highlighted";
import type { Call } from "./groups";
import { snippetsOf } from "./snippets";

/** A call in the language that was chosen, in curl at first. The choice holds for the whole page, and is in its URL. */
export function CallSnippets({ call, document, chosen }: { call: Call; document: OpenApi; chosen: string }) {
  const snippets = snippetsOf(call, document);
  const shown = snippets.find(({ language }) => language === chosen) ?? snippets[0];
  if (!shown) return null;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
      <ul aria-label="Language" translate="no" className="flex gap-3 text-sm">
        {snippets.map(({ name, language }) => (
          <li key={language}>
            <Link
              href={`/docs?code=${language}#${anchor(call.operation.operationId)}`}
              prefetch={false}
              aria-current={language === shown.language ? "true" : undefined}
              className="text-muted hover:text-ink aria-[current=true]:font-medium aria-[current=true]:text-ink"
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
      <CodeFrame label={`${call.operation.summary} in ${shown.name}`} copy={shown.text}>
        <Highlighted text={shown.text} language={shown.language} />
      </CodeFrame>
    </div>
  );
}

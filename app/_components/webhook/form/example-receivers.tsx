"use client";

import { useServerFacts } from "@/app/_components/facts/server-facts";
import { Chip } from "@/app/_components/ui/chip";

/** URLs of this installation that may be tried; `npm run demo` has some. */
export function ExampleReceivers({ onChoose }: { onChoose: (url: string) => void }) {
  const { exampleReceivers } = useServerFacts();
  if (exampleReceivers.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-1.5 text-sm text-muted">
      <span>To try with:</span>
      {exampleReceivers.map((url) => (
        <button key={url} type="button" onClick={() => onChoose(url)} translate="no" className="rounded-md">
          <Chip className="hover:text-ink">{url.replace("https://", "")}</Chip>
        </button>
      ))}
    </div>
  );
}

"use client";

import dynamic from "next/dynamic";
import { Button } from "@/app/_components/ui/button";
import { orReload } from "@/app/_components/upgrade/or-reload";
import { useUrlState } from "@/app/_components/url/use-url-state";

/** As high as the panel, so that nothing moves once its code is there. */
const Waiting = () => <div className="h-[30rem] rounded-[10px] border border-line" />;

const TryPanel = dynamic(() => orReload(import("./try-panel").then((m) => m.TryPanel)), {
  ssr: false,
  loading: Waiting,
});

/** A call to be made from the page, by who is signed in (`person`) or with a key. The URL says which one is open. */
export function TryCall({ operationId, person }: { operationId: string; person: string | null }) {
  const { get, replace } = useUrlState();
  const isOpen = get("try") === operationId;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div>
        <Button
          size="small"
          aria-expanded={isOpen}
          onClick={() => replace({ try: isOpen ? null : operationId })}
        >
          {isOpen ? "Close" : "Try it"}
        </Button>
      </div>
      {isOpen && <TryPanel operationId={operationId} person={person} />}
    </div>
  );
}

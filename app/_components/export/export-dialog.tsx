"use client";

import { Download } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { TimeRange } from "@/app/_components/time/time-range";
import { Button } from "@/app/_components/ui/button";
import { Dialog, DialogTrigger } from "@/app/_components/ui/dialog";
import { orReload } from "@/app/_components/upgrade/or-reload";

const ExportForm = dynamic(() => orReload(import("./export-form").then((m) => m.ExportForm)), { ssr: false });

/** Saves what became of a range's events as a signed file; it says how large that is before it does. */
export function ExportDialog({
  webhookId,
  range,
}: {
  webhookId: string | undefined;
  /** The time that the list shows; null for any. */
  range: TimeRange | null;
}) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Dialog open={isOpen} onOpenChange={setIsOpen}>
      <DialogTrigger>
        <Button>
          <Download aria-hidden className="size-3.5" />
          <span>Export…</span>
        </Button>
      </DialogTrigger>
      {isOpen && <ExportForm webhookId={webhookId} range={range} onDone={() => setIsOpen(false)} />}
    </Dialog>
  );
}

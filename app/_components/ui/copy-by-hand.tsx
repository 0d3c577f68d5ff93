"use client";

import { useEffect, useState } from "react";
import { onCopyByHand } from "@/app/_components/clipboard/by-hand-state";
import { Button } from "./button";
import { Dialog, DialogClose, DialogContent } from "./dialog";
import { Textarea } from "./input";

/** Shows what the browser lets no page copy, selected, so that one keystroke takes it. */
export function CopyByHand() {
  const [text, setText] = useState<string | null>(null);
  useEffect(() => onCopyByHand(setText), []);
  return (
    <Dialog open={text !== null} onOpenChange={(isOpen) => !isOpen && setText(null)}>
      <DialogContent
        title="Copy it by hand"
        description="Your browser does not let this page copy. The text is selected: press Ctrl+C, or ⌘C on a Mac."
        footer={
          <DialogClose>
            <Button look="primary">Done</Button>
          </DialogClose>
        }
      >
        <Textarea
          mono
          readOnly
          data-autofocus
          aria-label="Text to copy"
          rows={Math.min(12, (text ?? "").split("\n").length + 1)}
          value={text ?? ""}
          onFocus={(event) => event.currentTarget.select()}
        />
      </DialogContent>
    </Dialog>
  );
}

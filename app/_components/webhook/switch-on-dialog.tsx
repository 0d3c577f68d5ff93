"use client";

import { eventsWords } from "@/app/_components/delivery/events-words";
import { Button } from "@/app/_components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/app/_components/ui/dialog";

/** Asks what becomes of the events that a webhook missed while it was off. */
export function SwitchOnDialog({
  missed,
  isBusy,
  onClose,
  onSwitchOn,
}: {
  /** Null while nobody is asked. */
  missed: { count: number; is_complete: boolean } | null;
  isBusy: boolean;
  onClose: () => void;
  onSwitchOn: (withMissed: boolean) => void;
}) {
  if (!missed) return null;
  const words = eventsWords(missed);
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent
        title={`${words.slice(0, 1).toUpperCase()}${words.slice(1)} ${missed.count === 1 ? "was" : "were"} missed meanwhile. Send ${missed.count === 1 ? "it" : "them"}?`}
        description="They came while this webhook was off, and match its events. Sent now, they arrive under their own event ids."
        width="narrow"
        footer={
          <>
            <DialogClose>
              <Button>Cancel</Button>
            </DialogClose>
            <Button disabled={isBusy} onClick={() => onSwitchOn(false)}>
              Switch on without them
            </Button>
            <Button look="primary" disabled={isBusy} aria-busy={isBusy} onClick={() => onSwitchOn(true)}>
              {`Switch on and send ${words}`}
            </Button>
          </>
        }
      />
    </Dialog>
  );
}

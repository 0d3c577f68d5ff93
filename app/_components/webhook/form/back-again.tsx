import { Button } from "@/app/_components/ui/button";

/** Says that a form shows what was typed into it before it was left, which nobody has saved. */
export function BackAgain({ onDiscard }: { onDiscard: () => void }) {
  return (
    <div role="status" className="flex flex-wrap items-center gap-2 rounded-lg bg-warn-ground px-3 py-2">
      <p className="grow">This is what you typed before. It is not saved yet.</p>
      <Button size="small" onClick={onDiscard}>
        Discard it
      </Button>
    </div>
  );
}

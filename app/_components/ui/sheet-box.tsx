"use client";

import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

export type SheetProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  side?: "left" | "right";
  children: ReactNode;
};

/** What `Sheet` draws, with all of Radix that it takes. */
export function SheetBox({ open, onOpenChange, title, side = "right", children }: SheetProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="animate-in fixed inset-0 z-40 bg-scrim sm:bg-transparent" />
        <Radix.Content
          aria-describedby={undefined}
          tabIndex={-1}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
          }}
          className={classNames(
            "fixed inset-y-0 z-50 flex flex-col border-line-strong bg-panel outline-none",
            side === "right" && "animate-slide right-0 w-full border-l sm:w-[min(40rem,92vw)]",
            side === "left" && "animate-in left-0 w-64 border-r",
          )}
        >
          <Radix.Title className="sr-only">{title}</Radix.Title>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

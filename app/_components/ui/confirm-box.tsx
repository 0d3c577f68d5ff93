"use client";

import { AlertDialog } from "radix-ui";
import type { ReactNode } from "react";
import { Button, type ButtonProps } from "./button";

export type ConfirmProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  children: ReactNode;
  action: string;
  /** How the button of the action looks: as something that is lost, unless said otherwise. */
  look?: ButtonProps["look"];
  /** The word for leaving everything as it is. */
  cancel?: string;
  busy?: boolean;
  onConfirm: () => void;
};

/** What `ConfirmDialog` draws, with all of Radix that it takes. */
export function ConfirmBox({
  open,
  onOpenChange,
  title,
  children,
  action,
  look = "danger",
  cancel = "Keep",
  busy = false,
  onConfirm,
}: ConfirmProps) {
  return (
    <AlertDialog.Root open={open} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="animate-in fixed inset-0 z-40 bg-scrim" />
        <AlertDialog.Content className="animate-in fixed inset-x-4 top-[18vh] z-50 mx-auto max-w-md rounded-xl border border-line-strong bg-panel p-5">
          <AlertDialog.Title className="text-lg leading-7 font-semibold tracking-tight">
            {title}
          </AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="mt-1 text-muted">{children}</div>
          </AlertDialog.Description>
          <div className="mt-5 flex flex-wrap justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button>{cancel}</Button>
            </AlertDialog.Cancel>
            <Button look={look} aria-busy={busy} disabled={busy} onClick={onConfirm}>
              {action}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

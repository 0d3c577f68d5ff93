"use client";

import { Slot } from "radix-ui";
import { createContext, type ReactNode, use } from "react";
import type { DialogBoxProps } from "./dialog-box";
import { OnceOpen, part } from "./part";

type DialogState = { isOpen: boolean; setOpen: (isOpen: boolean) => void };

const Context = createContext<DialogState>({ isOpen: false, setOpen: () => {} });

/** A dialog, with what opens it. `open` and `onOpenChange` say when it is there. */
export function Dialog({
  open,
  onOpenChange,
  children,
}: {
  open: boolean;
  onOpenChange: (isOpen: boolean) => void;
  children?: ReactNode;
}) {
  return <Context value={{ isOpen: open, setOpen: onOpenChange }}>{children}</Context>;
}

/** Lends its only child, a button, the opening of the dialog. */
export function DialogTrigger({ children }: { children: ReactNode }) {
  const { isOpen, setOpen } = use(Context);
  return (
    <Slot.Root aria-haspopup="dialog" aria-expanded={isOpen} onClick={() => setOpen(true)}>
      {children}
    </Slot.Root>
  );
}

/** Lends its only child, a button, the closing of the dialog. */
export function DialogClose({ children }: { children: ReactNode }) {
  const { setOpen } = use(Context);
  return <Slot.Root onClick={() => setOpen(false)}>{children}</Slot.Root>;
}

const DialogBox = part(() => import("./dialog-box").then((m) => m.DialogBox));

/** A dialog in the middle of the screen: full height on a phone, with its buttons always in sight. */
export function DialogContent(props: Omit<DialogBoxProps, "open" | "onOpenChange">) {
  const { isOpen, setOpen } = use(Context);
  return (
    <OnceOpen open={isOpen}>
      <DialogBox open={isOpen} onOpenChange={setOpen} {...props} />
    </OnceOpen>
  );
}

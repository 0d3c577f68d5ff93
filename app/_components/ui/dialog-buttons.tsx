"use client";

import { Button, type ButtonProps } from "./button";
import { DialogClose } from "./dialog";

/** The foot of a dialog that does one thing: cancel, or do it. */
export function DialogButtons({ isBusy, disabled, ...action }: { isBusy: boolean } & ButtonProps) {
  return (
    <>
      <DialogClose>
        <Button>Cancel</Button>
      </DialogClose>
      <Button look="primary" disabled={disabled || isBusy} aria-busy={isBusy} {...action} />
    </>
  );
}

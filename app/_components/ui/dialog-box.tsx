"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button";
import { classNames } from "./class-names";

/** Whoever opens a form wants to type; else Radix's choice, the first control, stands. */
function focusFirstField(event: Event) {
  if (!(event.target instanceof HTMLElement)) return;
  const field = event.target.querySelector("[data-autofocus], input:not([type=search]), textarea");
  if (!(field instanceof HTMLElement)) return;
  event.preventDefault();
  field.focus();
}

const stay = (event: Event) => event.preventDefault();

const widths = { narrow: "max-w-md", medium: "max-w-xl", wide: "max-w-3xl" };

export type DialogBoxProps = {
  open: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  description?: ReactNode;
  width?: keyof typeof widths;
  footer?: ReactNode;
  /** It holds what is never shown again: only its own buttons close it, not Esc, a cross or a click beside it. */
  isShownOnce?: boolean;
  children?: ReactNode;
};

/** What `DialogContent` draws, with all of Radix that it takes. */
export function DialogBox({
  open,
  onOpenChange,
  title,
  description,
  width = "medium",
  footer,
  isShownOnce = false,
  children,
}: DialogBoxProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="animate-in fixed inset-0 z-40 bg-scrim" />
        <Radix.Content
          aria-describedby={description ? undefined : ""}
          onOpenAutoFocus={focusFirstField}
          {...(isShownOnce && { onEscapeKeyDown: stay, onInteractOutside: stay })}
          className={classNames(
            "animate-in fixed inset-x-0 top-0 z-50 mx-auto flex max-h-dvh w-full flex-col border border-line-strong bg-panel sm:top-[8vh] sm:max-h-[84vh] sm:rounded-xl",
            widths[width],
          )}
        >
          <header className="flex items-start gap-3 px-5 pt-4 pb-3">
            <div className="min-w-0 grow">
              <Radix.Title className="text-lg leading-7 font-semibold tracking-tight">{title}</Radix.Title>
              {description && <Radix.Description className="text-muted">{description}</Radix.Description>}
            </div>
            {!isShownOnce && (
              <Radix.Close asChild>
                <Button look="quiet" size="icon" aria-label="Close">
                  <X aria-hidden className="size-4" />
                </Button>
              </Radix.Close>
            )}
          </header>
          <div className="min-h-0 grow overflow-y-auto px-5 pb-5">{children}</div>
          {footer && (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">
              {footer}
            </footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

"use client";

import { Check } from "lucide-react";
import { Select as Radix } from "radix-ui";
import type { ReactNode, RefObject } from "react";
import { Anchor } from "./anchor";
import { classNames } from "./class-names";

export type Choice = { value: string; label: ReactNode; hint?: ReactNode };

/** Radix reserves the empty value, so "no choice" travels as this one. */
const none = "\u0000";

/** The list that a `Select` opens, with all of Radix that it takes. */
export function SelectList({
  open,
  onOpenChange,
  label,
  value,
  onChange,
  choices,
  mono,
  triggerRef,
}: {
  open: boolean;
  onOpenChange: (isOpen: boolean) => void;
  label: string;
  value: string;
  onChange: (value: string) => void;
  choices: Choice[];
  mono: boolean;
  triggerRef: RefObject<HTMLButtonElement | null>;
}) {
  return (
    <Radix.Root
      open={open}
      onOpenChange={onOpenChange}
      value={value || none}
      onValueChange={(next) => onChange(next === none ? "" : next)}
    >
      <Radix.Trigger asChild>
        <Anchor over={triggerRef} />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            triggerRef.current?.focus();
          }}
          className="animate-in z-60 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) max-w-[min(36rem,var(--radix-select-content-available-width))] overflow-y-auto rounded-lg border border-line-strong bg-panel p-1"
        >
          <Radix.Viewport>
            {choices.map((choice) => (
              <Radix.Item
                key={choice.value || none}
                value={choice.value || none}
                className="flex min-h-8 items-center gap-3 rounded-md py-1 pr-2.5 pl-2 outline-none select-none data-[highlighted]:bg-hover"
              >
                <span className="w-4">
                  <Radix.ItemIndicator>
                    <Check aria-hidden className="size-4" />
                  </Radix.ItemIndicator>
                </span>
                <span className="min-w-0">
                  <Radix.ItemText>
                    <span className={classNames("wrap-anywhere", mono && "mono")}>{choice.label}</span>
                  </Radix.ItemText>
                  {choice.hint && <span className="block text-xs text-faint">{choice.hint}</span>}
                </span>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

"use client";

import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

export type Choice = { value: string; label: ReactNode; hint?: ReactNode };

/** Radix reserves the empty value, so "no choice" travels as this one. */
const none = "\u0000";

/** One choice of a list. An empty value is allowed: it is "any" in a filter. */
export function Select({
  label,
  value,
  onChange,
  choices,
  mono = false,
  isSet = false,
  id,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  choices: Choice[];
  mono?: boolean;
  /** Draws a filter that is in force. */
  isSet?: boolean;
  id?: string;
}) {
  return (
    <Radix.Root value={value || none} onValueChange={(next) => onChange(next === none ? "" : next)}>
      <Radix.Trigger
        id={id}
        aria-label={label}
        className={classNames(
          "inline-flex h-8 max-w-[min(100%,30rem)] min-w-0 items-center justify-between gap-2 rounded-md border bg-panel px-3 font-medium hover:bg-hover",
          isSet ? "border-accent text-accent" : "border-line-strong",
          mono && "mono",
        )}
      >
        <span className="min-w-0 truncate">
          {/* Radix alone would only know the label in the browser, and the page would move. */}
          <Radix.Value>
            <span>{choices.find((choice) => choice.value === value)?.label}</span>
          </Radix.Value>
        </span>
        <Radix.Icon asChild>
          <ChevronDown aria-hidden className="size-3.5 shrink-0 text-faint" />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
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

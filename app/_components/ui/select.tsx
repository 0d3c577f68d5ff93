"use client";

import { ChevronDown } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import { classNames } from "./class-names";
import { OnceOpen, part } from "./part";
import type { Choice } from "./select-list";

const SelectList = part(() => import("./select-list").then((m) => m.SelectList));

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
  const [isOpen, setOpen] = useState(false);
  const buttonRef = useRef<HTMLButtonElement>(null);
  /** Until the focus goes elsewhere. */
  const hasChosen = useRef(false);
  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>) => {
    const { form } = event.currentTarget;
    if (event.key === "Enter" && form && hasChosen.current) {
      // Who has just chosen is through with it, as in any field of the form; a space opens the list again.
      event.preventDefault();
      form.requestSubmit();
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    setOpen(true);
  };
  return (
    <>
      <button
        ref={buttonRef}
        id={id}
        type="button"
        role="combobox"
        aria-label={label}
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
        onKeyDown={onKeyDown}
        onBlur={() => {
          if (!isOpen) hasChosen.current = false;
        }}
        className={classNames(
          "inline-flex h-8 max-w-[min(100%,30rem)] min-w-0 items-center justify-between gap-2 rounded-md border bg-panel px-3 font-medium hover:bg-hover",
          isSet ? "border-accent text-accent" : "border-line-strong",
          mono && "mono",
        )}
      >
        <span className="min-w-0 truncate">{choices.find((choice) => choice.value === value)?.label}</span>
        <ChevronDown aria-hidden className="size-3.5 shrink-0 text-faint" />
      </button>
      <OnceOpen open={isOpen}>
        <SelectList
          open={isOpen}
          onOpenChange={setOpen}
          label={label}
          value={value}
          onChange={(chosen) => {
            hasChosen.current = true;
            onChange(chosen);
          }}
          choices={choices}
          mono={mono}
          triggerRef={buttonRef}
        />
      </OnceOpen>
    </>
  );
}

"use client";

import { Check, Minus } from "lucide-react";
import { Checkbox as Radix } from "radix-ui";
import type { ComponentProps } from "react";

/** A tick box; `checked="indeterminate"` says "some of them". */
export function Checkbox(props: Omit<ComponentProps<typeof Radix.Root>, "className">) {
  return (
    <Radix.Root
      className="group grid size-4 shrink-0 place-items-center rounded border border-off-solid bg-panel text-white data-[state=checked]:border-accent-solid data-[state=checked]:bg-accent-solid data-[state=indeterminate]:border-accent-solid data-[state=indeterminate]:bg-accent-solid"
      {...props}
    >
      <Radix.Indicator>
        <Check aria-hidden className="hidden size-3 group-data-[state=checked]:block" strokeWidth={3} />
        <Minus aria-hidden className="hidden size-3 group-data-[state=indeterminate]:block" strokeWidth={3} />
      </Radix.Indicator>
    </Radix.Root>
  );
}

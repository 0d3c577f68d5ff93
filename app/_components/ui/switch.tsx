import { Switch as Radix } from "radix-ui";
import type { ComponentProps } from "react";

/** An on/off switch. It needs an `aria-label`, or a label with its id. */
export function Switch(props: ComponentProps<typeof Radix.Root>) {
  return (
    <Radix.Root
      className="relative h-[1.125rem] w-[1.875rem] shrink-0 rounded-full bg-off-solid transition-colors disabled:cursor-not-allowed disabled:opacity-50 data-[state=checked]:bg-ok-solid"
      {...props}
    >
      <Radix.Thumb className="block size-3.5 translate-x-0.5 rounded-full bg-white motion-safe:transition-transform data-[state=checked]:translate-x-3.5" />
    </Radix.Root>
  );
}

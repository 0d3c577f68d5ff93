"use client";

import { DropdownMenu } from "radix-ui";
import type { ReactNode, RefObject } from "react";
import { Anchor } from "./anchor";
import { MenuParts } from "./menu-parts";

/** What `MenuContent` draws, with all of Radix that it takes. */
export function MenuBox({
  open,
  onOpenChange,
  align,
  triggerId,
  triggerRef,
  children,
}: {
  open: boolean;
  onOpenChange: (isOpen: boolean) => void;
  align: "start" | "end";
  triggerId: string;
  triggerRef: RefObject<HTMLButtonElement | null>;
  children: ReactNode;
}) {
  return (
    <DropdownMenu.Root open={open} onOpenChange={onOpenChange}>
      <DropdownMenu.Trigger asChild>
        <Anchor over={triggerRef} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          aria-labelledby={triggerId}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            triggerRef.current?.focus();
          }}
          className="animate-in z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 overflow-y-auto rounded-lg border border-line-strong bg-panel p-1"
        >
          <MenuParts value={DropdownMenu}>{children}</MenuParts>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

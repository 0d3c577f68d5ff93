"use client";

import type { LucideIcon } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names";

export const Menu = DropdownMenu.Root;
export const MenuTrigger = DropdownMenu.Trigger;

export function MenuContent({
  align = "end",
  ...props
}: Omit<ComponentProps<typeof DropdownMenu.Content>, "className">) {
  return (
    <DropdownMenu.Portal>
      <DropdownMenu.Content
        align={align}
        sideOffset={4}
        collisionPadding={8}
        className="animate-in z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 overflow-y-auto rounded-lg border border-line-strong bg-panel p-1"
        {...props}
      />
    </DropdownMenu.Portal>
  );
}

const itemClass =
  "flex min-h-8 items-center gap-2.5 rounded-md px-2.5 py-1 outline-none select-none data-[disabled]:opacity-50 data-[highlighted]:bg-hover";

export function MenuItem({
  icon: Icon,
  danger,
  children,
  ...props
}: { icon?: LucideIcon; danger?: boolean; children: ReactNode } & Omit<
  ComponentProps<typeof DropdownMenu.Item>,
  "className"
>) {
  return (
    <DropdownMenu.Item className={classNames(itemClass, danger && "text-bad")} {...props}>
      {Icon && <Icon aria-hidden className={classNames("size-4", !danger && "text-faint")} />}
      <span className="contents">{children}</span>
    </DropdownMenu.Item>
  );
}

export function MenuLinkItem({ children }: { children: ReactNode }) {
  return (
    <DropdownMenu.Item asChild className={itemClass}>
      {children}
    </DropdownMenu.Item>
  );
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="my-1 h-px bg-line" />;
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return (
    <DropdownMenu.Label className="px-2.5 pt-1.5 pb-1 text-xs text-faint">{children}</DropdownMenu.Label>
  );
}

"use client";

import type { LucideIcon } from "lucide-react";
import { Slot } from "radix-ui";
import {
  type ComponentProps,
  createContext,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  use,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";
import { classNames } from "./class-names";
import { MenuParts, type Parts } from "./menu-parts";
import { OnceOpen, part } from "./part";

type MenuState = {
  isOpen: boolean;
  setOpen: (isOpen: boolean) => void;
  triggerId: string;
  triggerRef: RefObject<HTMLButtonElement | null>;
};

const Context = createContext<MenuState | null>(null);

function useMenu(): MenuState {
  const menu = use(Context);
  if (!menu) throw new Error("This part of a menu stands in no Menu.");
  return menu;
}

/** A button with a menu: a `MenuTrigger` and a `MenuContent`, which holds the items. */
export function Menu({ children }: { children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  const triggerId = useId();
  const triggerRef = useRef<HTMLButtonElement>(null);
  const menu = useMemo(() => ({ isOpen, setOpen, triggerId, triggerRef }), [isOpen, triggerId]);
  return <Context value={menu}>{children}</Context>;
}

/** Lends its only child, a button, the opening of the menu. */
export function MenuTrigger({ children }: { children: ReactNode }) {
  const { isOpen, setOpen, triggerId, triggerRef } = useMenu();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    setOpen(true);
  };
  return (
    <Slot.Root
      ref={triggerRef}
      id={triggerId}
      aria-haspopup="menu"
      aria-expanded={isOpen}
      onClick={() => setOpen(true)}
      onKeyDown={onKeyDown}
    >
      {children}
    </Slot.Root>
  );
}

const MenuBox = part(() => import("./menu-box").then((m) => m.MenuBox));

/** What opens: below the button, at its `align` edge. */
export function MenuContent({ align = "end", children }: { align?: "start" | "end"; children: ReactNode }) {
  const { isOpen, setOpen, triggerId, triggerRef } = useMenu();
  return (
    <OnceOpen open={isOpen}>
      <MenuBox
        open={isOpen}
        onOpenChange={setOpen}
        align={align}
        triggerId={triggerId}
        triggerRef={triggerRef}
      >
        {children}
      </MenuBox>
    </OnceOpen>
  );
}

function useParts(): Parts {
  const parts = use(MenuParts);
  if (!parts) throw new Error("This item stands in no MenuContent.");
  return parts;
}

const itemClass =
  "flex min-h-8 items-center gap-2.5 rounded-md px-2.5 py-1 outline-none select-none data-[disabled]:opacity-50 data-[highlighted]:bg-hover";

export function MenuItem({
  icon: Icon,
  danger,
  children,
  ...props
}: { icon?: LucideIcon; danger?: boolean; children: ReactNode } & Omit<
  ComponentProps<Parts["Item"]>,
  "className"
>) {
  const { Item } = useParts();
  return (
    <Item className={classNames(itemClass, danger && "text-bad")} {...props}>
      {Icon && <Icon aria-hidden className={classNames("size-4", !danger && "text-faint")} />}
      <span className="contents">{children}</span>
    </Item>
  );
}

export function MenuLinkItem({ children }: { children: ReactNode }) {
  const { Item } = useParts();
  return (
    <Item asChild className={itemClass}>
      {children}
    </Item>
  );
}

export function MenuSeparator() {
  const { Separator } = useParts();
  return <Separator className="my-1 h-px bg-line" />;
}

export function MenuLabel({ children }: { children: ReactNode }) {
  const { Label } = useParts();
  return <Label className="px-2.5 pt-1.5 pb-1 text-xs text-faint">{children}</Label>;
}

"use client";

import { Slot } from "radix-ui";
import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { createPortal } from "react-dom";

const openAfterMs = 300;
/** Long enough to move onto the words, which stay while somebody points at them (WCAG 1.4.13). */
const closeAfterMs = 150;

/** More words on hover, on focus by the keyboard, and on a press, as by a finger. The child must be focusable. */
export function Tooltip({ content, children }: { content: ReactNode; children: ReactNode }) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const childRef = useRef<HTMLElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const setSoon = (next: boolean, ms: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpen(next), ms);
  };
  const setNow = (next: boolean) => {
    clearTimeout(timer.current);
    setOpen(next);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  // A finger comes and goes with its press, which says by itself what it wants.
  const byMouse = (run: () => void) => (event: PointerEvent) => event.pointerType === "mouse" && run();
  const enter = byMouse(() => setSoon(true, openAfterMs));
  const leave = byMouse(() => setSoon(false, closeAfterMs));
  return (
    <>
      <Slot.Root
        ref={childRef}
        aria-describedby={isOpen ? id : undefined}
        onPointerEnter={enter}
        onPointerLeave={leave}
        onFocus={(event) => event.currentTarget.matches(":focus-visible") && setNow(true)}
        onBlur={() => setNow(false)}
        onClick={() => setNow(true)}
        onKeyDown={(event: KeyboardEvent) => event.key === "Escape" && setNow(false)}
      >
        {children}
      </Slot.Root>
      {isOpen && (
        <Words
          id={id}
          at={childRef}
          onPointerEnter={enter}
          onPointerLeave={leave}
          onAway={() => setNow(false)}
        >
          {content}
        </Words>
      )}
    </>
  );
}

const gapPx = 6;
const edgePx = 8;

/** The words above their child, or below it where there is no room; gone once the child moves or is moved past. */
function Words({
  id,
  at,
  onPointerEnter,
  onPointerLeave,
  onAway,
  children,
}: {
  id: string;
  at: RefObject<HTMLElement | null>;
  onPointerEnter: (event: PointerEvent) => void;
  onPointerLeave: (event: PointerEvent) => void;
  onAway: () => void;
  children: ReactNode;
}) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const box = ref.current;
    const child = at.current?.getBoundingClientRect();
    if (!box || !child) return;
    const { offsetWidth, offsetHeight } = box;
    const rightmost = document.documentElement.clientWidth - offsetWidth - edgePx;
    const middle = child.left + child.width / 2 - offsetWidth / 2;
    const above = child.top - offsetHeight - gapPx;
    box.style.left = `${Math.max(edgePx, Math.min(rightmost, middle))}px`;
    box.style.top = `${above >= edgePx ? above : child.bottom + gapPx}px`;
  });
  useEffect(() => {
    document.addEventListener("scroll", onAway, { passive: true, capture: true });
    return () => document.removeEventListener("scroll", onAway, { capture: true });
  });
  return createPortal(
    <div
      ref={ref}
      id={id}
      role="tooltip"
      onPointerEnter={onPointerEnter}
      onPointerLeave={onPointerLeave}
      className="animate-in fixed z-60 max-w-sm rounded-md border border-line-strong bg-panel px-2.5 py-1.5 text-sm text-ink"
    >
      {children}
    </div>,
    document.body,
  );
}

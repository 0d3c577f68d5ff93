"use client";

import { type RefObject, useEffect, useEffectEvent } from "react";

/** Tells when somebody points at an element, or has the focus inside: nothing there should move meanwhile. */
export function useEngagement(
  ref: RefObject<HTMLElement | null>,
  onChange: (isEngaged: boolean) => void,
): void {
  const change = useEffectEvent(onChange);
  useEffect(() => {
    const element = ref.current;
    const begin = () => change(true);
    const end = () => change(false);
    const listeners = { pointerenter: begin, focusin: begin, pointerleave: end, focusout: end };
    for (const [name, listener] of Object.entries(listeners)) element?.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) element?.removeEventListener(name, listener);
      end();
    };
  }, [ref]);
}

import { whenIdle } from "./when-idle";

const waiting = new Set<() => Promise<unknown>>();
const touches = ["pointermove", "pointerdown", "keydown", "scroll"] as const;
let isTouched = false;

/**
 * Loads code that no page needs to be drawn, but the first press may want: once somebody moves, presses or scrolls,
 * and the page is at rest. Who only looks loads none of it. When it fails, whoever wants it tries again.
 */
export function loadAhead(load: () => Promise<unknown>): void {
  if (typeof document === "undefined") return;
  if (isTouched) whenIdle(() => load().catch(() => {}));
  else {
    if (waiting.size === 0) for (const type of touches) document.addEventListener(type, onTouch, passive);
    waiting.add(load);
  }
}

const passive = { passive: true, capture: true };

function onTouch(): void {
  for (const type of touches) document.removeEventListener(type, onTouch, passive);
  isTouched = true;
  for (const load of waiting) whenIdle(() => load().catch(() => {}));
  waiting.clear();
}

/**
 * Listens for presses on buttons until the document hears `awake`, then repeats the last one. Runs in the page's
 * first bytes, as text: it must use nothing from outside of itself.
 */
export function keepPresses(): void {
  const types = ["pointerdown", "mousedown", "pointerup", "mouseup", "click"] as const;
  let kept: { button: HTMLButtonElement; events: Event[] } | null = null;

  const keep = (event: Event) => {
    const target = event.target instanceof Element ? event.target : null;
    const button = target?.closest("button") ?? null;
    // A form with an action is kept by React itself.
    if (!button || button.form?.hasAttribute("action")) {
      kept = null;
      return;
    }
    // A click by the keyboard counts no pointer's clicks.
    const isByKey = event.type === "click" && event instanceof UIEvent && event.detail === 0;
    if (isByKey || event.type === "pointerdown" || kept?.button !== button) kept = { button, events: [] };
    kept.events.push(event);
    if (event.type !== "click") return;
    // Else a form without an action would load the page anew.
    event.preventDefault();
    button.setAttribute("data-pressed", "");
  };

  const repeat = () => {
    for (const type of types) document.removeEventListener(type, keep, true);
    for (const button of document.querySelectorAll("[data-pressed]")) button.removeAttribute("data-pressed");
    if (!kept?.button.isConnected || kept.events.at(-1)?.type !== "click") return;
    const { button, events } = kept;
    button.focus();
    for (const event of events) {
      const Kind = event.constructor as typeof Event;
      button.dispatchEvent(new Kind(event.type, event));
    }
  };

  for (const type of types) document.addEventListener(type, keep, true);
  document.addEventListener("awake", repeat, { once: true });
}

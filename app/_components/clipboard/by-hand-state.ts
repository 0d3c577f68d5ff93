const askEvent = "fanfare:copy-by-hand";

/** Asks the person to copy a text that the page may not put onto the clipboard. */
export const askToCopyByHand = (text: string) =>
  document.dispatchEvent(new CustomEvent(askEvent, { detail: text }));

export function onCopyByHand(listener: (text: string) => void): () => void {
  const hear = (event: Event) => event instanceof CustomEvent && listener(String(event.detail));
  document.addEventListener(askEvent, hear);
  return () => document.removeEventListener(askEvent, hear);
}

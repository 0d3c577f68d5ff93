const openEvent = "fanfare:open-palette";

/** Asks for the palette, from wherever. */
export const openPalette = () => document.dispatchEvent(new Event(openEvent));

export function onOpenPalette(listener: () => void): () => void {
  document.addEventListener(openEvent, listener);
  return () => document.removeEventListener(openEvent, listener);
}

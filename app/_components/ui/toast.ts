type Options = { description?: string; action?: { label: string; onClick: () => void } };

const listeners = new Set<() => void>();
let wasUsed = false;

/** Whether there was any news yet, and who wants to know when there is. */
export const isToasted = () => wasUsed;
export function onToast(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

// No page needs it to be drawn, so no page waits for it.
async function load() {
  wasUsed = true;
  for (const listener of listeners) listener();
  return (await import("sonner")).toast;
}

/** Shows short news at the corner of the screen, for a few seconds. */
export function toast(message: string, options?: Options): void {
  void load().then(
    (show) => show(message, options),
    () => {},
  );
}

toast.success = (message: string, options?: Options): void => {
  void load().then(
    (show) => show.success(message, options),
    () => {},
  );
};

/** What went wrong has to be said, also where the corner of the screen could not be loaded. */
toast.error = (message: string, options?: Options): void => {
  void load().then(
    (show) => show.error(message, options),
    () => window.alert([message, options?.description].filter(Boolean).join("\n")),
  );
};

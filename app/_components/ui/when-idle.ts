/** Runs something once the page is at rest; returns how to call it off. Safari has no idle callback. */
export function whenIdle(run: () => unknown): () => void {
  if (!("requestIdleCallback" in window)) {
    const timer = setTimeout(run, 1000);
    return () => clearTimeout(timer);
  }
  const handle = window.requestIdleCallback(run);
  return () => window.cancelIdleCallback(handle);
}

/** How long work takes, and how long others (a connection, a timer) wait for a turn meanwhile at the most. */
export async function waitingDuring(
  work: Promise<unknown>,
): Promise<{ tookMs: number; longestWaitMs: number }> {
  const startedAt = performance.now();
  let before = startedAt;
  let longestWaitMs = 0;
  let isRunning = true;
  const look = () => {
    const now = performance.now();
    longestWaitMs = Math.max(longestWaitMs, now - before);
    before = now;
    if (isRunning) setImmediate(look);
  };
  setImmediate(look);
  try {
    await work;
  } finally {
    isRunning = false;
  }
  const now = performance.now();
  return { tookMs: now - startedAt, longestWaitMs: Math.max(longestWaitMs, now - before) };
}

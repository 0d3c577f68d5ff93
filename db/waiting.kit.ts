/** How often the event loop came round during some work: hardly at all when the work lets nobody in between. */
export async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let turns = 0;
  let isRunning = true;
  const look = () => {
    turns += 1;
    if (isRunning) setImmediate(look);
  };
  setImmediate(look);
  try {
    await work;
  } finally {
    isRunning = false;
  }
  return turns;
}

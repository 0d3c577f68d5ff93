/**
 * Waits for statements that were sent without waiting for one another, all of them also when one fails: a transaction
 * is not undone while one of its own may still come.
 */
export async function together<Asked extends readonly unknown[] | []>(
  asked: Asked,
): Promise<{ -readonly [Index in keyof Asked]: Awaited<Asked[Index]> }> {
  await Promise.allSettled(asked);
  return Promise.all(asked);
}

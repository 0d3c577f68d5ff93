/**
 * The store cannot be reached for the moment, and comes back by itself. What was asked of it was not done, or it was and
 * only the answer was lost.
 */
export class StoreAway extends Error {
  override readonly name = "StoreAway";
}

/** Whether one is behind an error. Told by its name: Next bundles modules twice, and with them the class. */
export const isStoreAway = (error: unknown): boolean =>
  error instanceof Error && (error.name === "StoreAway" || isStoreAway(error.cause));

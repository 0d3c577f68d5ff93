/** The store cannot be used as it is, in a sentence that says what to do. Nothing was changed. */
export class StoreError extends Error {}

/** The database's schema is not this version's, in a sentence that says what to do. */
export class SchemaError extends Error {}

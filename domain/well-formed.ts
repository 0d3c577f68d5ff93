/** Whether every store keeps a text as it is: Postgres has neither NUL nor half a surrogate pair. */
export const isWellFormed = (text: string): boolean => !/\0|\p{Surrogate}/u.test(text);

/** What is wrong with a text that is not. */
export const notWellFormed = "Must be well-formed text without NUL.";

/**
 * Words of others as Postgres can keep them: its text has neither U+0000 nor half a character. For what is our own
 * sentence about what somebody sent; what was sent itself is kept as bytes or encoded.
 */
export const storableText = (text: string) => text.replaceAll("\0", "\ufffd").replace(/\p{Cs}/gu, "\ufffd");

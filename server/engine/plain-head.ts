const headEnd = Buffer.from("\r\n\r\n");

/**
 * Whether these bytes begin with the whole head of a last answer, and say nothing about its length or one thing as
 * plainly as it can be said. Nearly all answers do, and need no closer look.
 */
export function isPlainHead(bytes: Buffer): boolean {
  const end = bytes.indexOf(headEnd);
  if (end < 0) return false;
  const head = bytes.toString("latin1", 0, end + 2).toLowerCase();
  if (!/^http\/1\.\d [2-9]/.test(head)) return false;
  const at = head.indexOf("\ncontent-length");
  if (at < 0) return true;
  if (head.includes("\ncontent-length", at + 1) || head.includes("\ntransfer-encoding")) return false;
  return /^\ncontent-length: (?:0|[1-9]\d*)\r/.test(head.slice(at, at + maxLengthLine));
}

/** Of a length that can be counted. */
const maxLengthLine = 40;

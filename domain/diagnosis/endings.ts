import { firstBytesOf, isHttp2, isTls } from "./first-bytes";
import type { Look } from "./look";

// Ways in which connections end that several causes share.

/** Bytes came instead of a handshake, and they are none of TLS. */
export const isNotTls = (look: Look) => {
  const isInHandshake = look.isCode("tls_error", "connect_reset") && !look.facts.afterHandshake;
  return isInHandshake && firstBytesOf(look) !== "" && !isTls(firstBytesOf(look));
};

/** The endpoint began the handshake and then ended the connection, without an alert. */
export const breaksHandshakeOff = (look: Look) =>
  look.isCode("connect_reset") && !look.facts.afterHandshake && isTls(firstBytesOf(look));

/** The handshake went well, and the request was answered by an end. */
export const closesUnanswered = (look: Look) =>
  look.isCode("connect_reset") && look.facts.afterHandshake === true && look.facts.isSilent === true;

/** Frames of HTTP/2 came in answer to a request of HTTP/1.1. */
export const isHttp2Answer = (look: Look) => look.isCode("protocol_error") && isHttp2(firstBytesOf(look));

/** Something of the webhook was answered before, whatever with. */
export const hasWorked = (look: Look) => {
  const { earlier, others } = look.history;
  return [...earlier, ...others].some(({ statusCode }) => statusCode !== null);
};

/** What is longer than any crash takes: a timeout of theirs has whole seconds. */
export const aWhileMs = 900;

/** From the request to the end. */
export const waitedMs = (look: Look) => look.evidence.timings.first_byte ?? 0;

import type { Look } from "./look";

/** The first bytes that came, a character each; empty when none were seen. */
export const firstBytesOf = (look: Look) => characters(look.facts.firstBytes);

/** The same of what came once a line of the PROXY protocol was said, and once HTTP/2 was begun. */
export const proxyLineBytesOf = (look: Look) => characters(look.facts.toProxyLine);
export const http2BytesOf = (look: Look) => characters(look.facts.toHttp2);

const characters = (base64 = "") => Buffer.from(base64, "base64").toString("latin1");

export const isPlainHttp = (bytes: string) => /^HTTP\/\d|^<(?:!doctype|html)/i.test(bytes);

/** By the frame that HTTP/2 begins with: SETTINGS on the stream 0 (RFC 9113 §3.4, §6.5). */
export const isHttp2 = (bytes: string) =>
  bytes.length >= 9 && bytes.startsWith("\0\0") && bytes[3] === "\x04" && bytes.slice(5, 9) === "\0\0\0\0";

/** Whether they begin a record of TLS: a handshake, or an alert. */
export const isTls = (bytes: string) =>
  (bytes[0] === "\x16" || bytes[0] === "\x15") && bytes[1] === "\x03" && bytes.charCodeAt(2) <= 4;

/** What greets or answers like that on a port. */
const services: { greeting: RegExp | ((bytes: string) => boolean); name: string }[] = [
  { greeting: /^SSH-/, name: "SSH" },
  { greeting: /^220[ -].{0,60}(?:smtp|mail|postfix|exim|sendmail)/i, name: "a mail server (SMTP)" },
  { greeting: /^220[ -].{0,60}ftp/i, name: "FTP" },
  { greeting: /^220[ -]/, name: "a mail or FTP server" },
  { greeting: /^\+OK/, name: "a mail server (POP3)" },
  { greeting: /^\* (?:OK|PREAUTH|BYE)/, name: "a mail server (IMAP)" },
  { greeting: /^-(?:ERR|NOAUTH|DENIED)/, name: "Redis" },
  { greeting: /^(?:CLIENT_)?ERROR\b/, name: "memcached" },
  { greeting: /^AMQP/, name: "a message broker (AMQP)" },
  { greeting: /^INFO \{/, name: "NATS" },
  { greeting: /^RFB \d/, name: "a remote screen (VNC)" },
  { greeting: /^@RSYNCD:/, name: "rsync" },
  { greeting: /^E(?:SFATAL|FATAL|SERROR)/, name: "PostgreSQL" },
  // A packet of its protocol: three bytes of length, number 0, and version 10 or an error.
  {
    greeting: (bytes) => bytes.slice(1, 4) === "\0\0\0" && /[\n\xff]/.test(bytes[4] ?? ""),
    name: "MySQL or MariaDB",
  },
  { greeting: (bytes) => bytes.startsWith("\x03\0\0"), name: "a remote desktop (RDP)" },
  { greeting: /^\xff[\xfb-\xfe]/, name: "Telnet" },
];

/** The service that the bytes are of, in words; null where they tell nothing. */
export const serviceOf = (bytes: string): string | null =>
  services.find(({ greeting }) => (typeof greeting === "function" ? greeting(bytes) : greeting.test(bytes)))
    ?.name ?? null;

/** What can be read of them, on one line. */
export const readable = (bytes: string) =>
  bytes
    .replace(/[\s\p{C}\u0080-\u00ff]+/gu, " ")
    .trim()
    .slice(0, 50);

/** What usually listens on a port, where that speaks no TLS. */
const usual: Record<string, string> = {
  21: "FTP",
  22: "SSH",
  25: "SMTP",
  80: "plain HTTP",
  587: "SMTP",
  1883: "MQTT",
  3000: "plain HTTP, of an application",
  3306: "MySQL",
  5000: "plain HTTP, of an application",
  5432: "PostgreSQL",
  6379: "Redis",
  8000: "plain HTTP, of an application",
  8080: "plain HTTP",
  9000: "FastCGI, of PHP",
  11211: "memcached",
  27017: "MongoDB",
};

/** Of the URL's port; null where nothing else than TLS is usual there. */
export const usualOn = (look: Look): string | null => usual[look.url?.port ?? ""] ?? null;

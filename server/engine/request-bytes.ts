/** Where requests go: a webhook's URL as it is written, its parts, and how a request to it begins. */
export type Target = { url: string; hostname: string; opening: string };

export function targetOf(written: string, { hostname, host, pathname, search }: URL): Target {
  const opening = `POST ${pathname}${search} HTTP/1.1\r\nhost: ${host}\r\nconnection: keep-alive\r\n`;
  return { url: written, hostname, opening };
}

/**
 * A request as it goes over the wire, in one piece, so that head and body share a TLS record. Throws for a header that
 * cannot be sent.
 */
export function requestBytes(target: Target, headers: Record<string, string>, body: string): Buffer {
  const bodyLength = Buffer.byteLength(body);
  let head = target.opening;
  for (const name in headers) head += headerLine(name, headers[name] ?? "");
  // Without an Accept, common firewall rules count a request as suspicious (OWASP CRS 920300).
  head += `Accept: */*\r\nAccept-Encoding: identity\r\ncontent-length: ${bodyLength}\r\n\r\n`;
  const bytes = Buffer.allocUnsafe(head.length + bodyLength);
  bytes.write(head, "latin1");
  bytes.write(body, head.length);
  return bytes;
}

function headerLine(name: string, value: string): string {
  if (!isName.test(name) || noValue.test(value)) throw new Error(`The header ${name} cannot be sent.`);
  return `${name}: ${value}\r\n`;
}

/** RFC 9110 §5.6.2 and §5.5. */
const isName = /^[!#$%&'*+\-.^_`|~\w]+$/;
const noValue = /[^\t\x20-\x7e\x80-\xff]/;

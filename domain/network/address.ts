/**
 * The one judge of where a webhook may lead, used at registration and at connect time. Own tables instead of a
 * library's: the popular ones call `::7f00:1` and `4000::1` ordinary unicast.
 */

type Address = { family: 4 | 6; value: bigint };

/** A range of addresses of one family. */
export type Cidr = { family: 4 | 6; low: bigint; high: bigint };

/**
 * Why nothing may be sent to an address, as the end of "1.2.3.4 is …"; null when it may. Addresses inside
 * `allow` pass, except those of cloud metadata services, which hand out credentials. An IPv6 address that
 * carries an IPv4 one is judged by the address inside. What is no address at all never passes.
 */
export function judgeAddress(ip: string, allow: readonly Cidr[]): string | null {
  const address = parseAddress(ip);
  if (!address) return "not an IP address";
  const inside = carriedIPv4(address);
  const both = inside ? [address, inside] : [address];
  if (both.some((one) => metadata.some((range) => contains(range, one)))) return "a cloud metadata address";
  if (both.some((one) => allow.some((range) => contains(range, one)))) return null;
  return (inside && reasonAgainst(inside)) ?? reasonAgainst(address);
}

/** Reads `10.0.0.0/8`, `::1/128`, or a single address; null when it is neither. */
export function parseCidr(text: string): Cidr | null {
  const [ip = "", prefix, ...rest] = text.trim().split("/");
  const address = parseAddress(ip);
  if (!address || rest.length > 0) return null;
  const { family, value } = address;
  // A v4-mapped range counts its prefix in IPv6 bits.
  const writtenBits = ip.includes(":") ? 128 : 32;
  const familyBits = family === 4 ? 32 : 128;
  if (prefix !== undefined && !/^\d{1,3}$/.test(prefix)) return null;
  const length = Number(prefix ?? writtenBits) - (writtenBits - familyBits);
  if (length < 0 || length > familyBits) return null;
  const size = 1n << BigInt(familyBits - length);
  const low = value - (value % size);
  return { family, low, high: low + size - 1n };
}

/** Whether an address lies in one of the ranges. A v4-mapped address counts as the IPv4 address that it is. */
export function isWithin(ip: string, ranges: readonly Cidr[]): boolean {
  const address = ranges.length > 0 ? parseAddress(ip) : null;
  return address !== null && ranges.some((range) => contains(range, address));
}

/**
 * The network of a client, as a key for counting: the IPv4 address, or the /64 of an IPv6 one, because whoever
 * has one of its addresses has all of them. What is no address is a network of its own.
 */
export function networkOf(client: string): string {
  const address = parseAddress(client);
  if (!address) return client;
  const { family, value } = address;
  return `${family}/${family === 4 ? value : value >> 64n}`;
}

const contains = (range: Cidr, { family, value }: Address) =>
  range.family === family && range.low <= value && value <= range.high;

function reasonAgainst(address: Address): string | null {
  const found = refused.find(({ range }) => contains(range, address));
  if (found) return found.reason;
  const isPublic = address.family === 4 || contains(globalUnicast, address) || contains(nat64, address);
  return isPublic ? null : "not a public address";
}

/** The IPv4 address inside a v4-compatible, translated, NAT64, 6to4 or Teredo address. */
function carriedIPv4({ family, value }: Address): Address | null {
  if (family === 4) return null;
  const carrier = carriers.find(({ range }) => contains(range, { family, value }));
  if (!carrier) return null;
  const inside = (value >> carrier.shift) & 0xffff_ffffn;
  return { family: 4, value: carrier.isInverted ? inside ^ 0xffff_ffffn : inside };
}

function parseAddress(ip: string): Address | null {
  if (!ip.includes(":")) {
    const value = parseIPv4(ip);
    return value === null ? null : { family: 4, value };
  }
  const value = parseIPv6(ip.split("%", 1)[0] ?? "");
  if (value === null) return null;
  return value >> 32n === 0xffffn ? { family: 4, value: value & 0xffff_ffffn } : { family: 6, value };
}

function parseIPv4(ip: string): bigint | null {
  const parts = ip.split(".");
  // A leading zero reads as octal for some and as decimal for others.
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return null;
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

function parseIPv6(ip: string): bigint | null {
  const last = ip.slice(ip.lastIndexOf(":") + 1);
  const tail = last.includes(".") ? parseIPv4(last) : null;
  if (last.includes(".") && tail === null) return null;
  const text = tail === null ? ip : `${ip.slice(0, -last.length)}${hex(tail >> 16n)}:${hex(tail & 0xffffn)}`;
  const halves = text.split("::").map((half) => (half === "" ? [] : half.split(":")));
  const [head = [], rest = []] = halves;
  const missing = 8 - head.length - rest.length;
  if (halves.length > 2 || (halves.length === 2 ? missing < 1 : missing !== 0)) return null;
  const groups = [...head, ...Array<string>(missing).fill("0"), ...rest];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
  return groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}

const hex = (value: bigint) => value.toString(16);

function cidr(text: string): Cidr {
  const parsed = parseCidr(text);
  if (!parsed) throw new Error(`${text} is not a CIDR.`);
  return parsed;
}

const metadata = [
  "169.254.169.0/24", // AWS, Google, Azure, Oracle, DigitalOcean, OpenStack
  "169.254.170.0/24", // AWS ECS and EKS credentials
  "169.254.0.23", // Tencent
  "169.254.42.42", // Scaleway
  "168.63.129.16", // Azure's host agent
  "100.100.100.200", // Alibaba
  "192.0.0.192", // Oracle classic
  "fd00:ec2::/32", // AWS
  "fd20:ce::254", // Google
  "fd00:42::42", // Scaleway
  "fe80::a9fe:a9fe", // OpenStack
].map(cidr);

const globalUnicast = cidr("2000::/3");

/** IPv6 ranges whose addresses carry an IPv4 one, and how far from the right it begins. */
const carriers = [
  { range: { ...cidr("::/96"), low: 2n }, shift: 0n }, // v4-compatible (RFC 4291), without :: and ::1
  { range: cidr("::ffff:0:0:0/96"), shift: 0n }, // translated (RFC 2765)
  { range: cidr("64:ff9b::/96"), shift: 0n }, // NAT64 (RFC 6052)
  { range: cidr("2002::/16"), shift: 80n }, // 6to4 (RFC 3056)
  { range: cidr("2001::/32"), shift: 0n, isInverted: true }, // Teredo (RFC 4380) hides it with ones
];

/** IPv6 addresses that stand for the IPv4 address inside and for nothing else. */
const nat64 = cidr("64:ff9b::/96");

/** IANA's special-purpose registries (RFC 6890), and what is public in name only. */
const refused = [
  ["0.0.0.0/8", "a reserved address"],
  ["10.0.0.0/8", "a private address"],
  ["100.64.0.0/10", "a carrier-grade NAT address"],
  ["127.0.0.0/8", "a loopback address"],
  ["169.254.0.0/16", "a link-local address"],
  ["172.16.0.0/12", "a private address"],
  ["192.0.0.0/24", "a reserved address"],
  ["192.0.2.0/24", "a documentation address"],
  ["192.88.99.0/24", "a reserved address"],
  ["192.168.0.0/16", "a private address"],
  ["198.18.0.0/15", "a benchmarking address"],
  ["198.51.100.0/24", "a documentation address"],
  ["203.0.113.0/24", "a documentation address"],
  ["224.0.0.0/4", "a multicast address"],
  ["255.255.255.255/32", "the broadcast address"],
  ["240.0.0.0/4", "a reserved address"],
  ["::/128", "the unspecified address"],
  ["::1/128", "a loopback address"],
  ["fc00::/7", "a private address"],
  ["fe80::/10", "a link-local address"],
  ["fec0::/10", "a private address"],
  ["ff00::/8", "a multicast address"],
  ["2001::/23", "a reserved address"],
  ["2001:db8::/32", "a documentation address"],
  ["2002::/16", "an address of the retired 6to4 tunnels"],
  ["3fff::/20", "a documentation address"],
].map(([text = "", reason = ""]) => ({ range: cidr(text), reason }));

import { BlockList, isIP } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isWithin, judgeAddress, parseCidr } from "./address";

const allow = (...texts: string[]) =>
  texts.map((text) => parseCidr(text) ?? expect.fail(`${text} should be a CIDR`));

/** First and last address of everything that is not public, typed from IANA's registries, read by Node's own parser. */
const refusedIPv4 = rangeList("ipv4", [
  ["0.0.0.0", "0.255.255.255"],
  ["10.0.0.0", "10.255.255.255"],
  ["100.64.0.0", "100.127.255.255"],
  ["127.0.0.0", "127.255.255.255"],
  ["168.63.129.16", "168.63.129.16"],
  ["169.254.0.0", "169.254.255.255"],
  ["172.16.0.0", "172.31.255.255"],
  ["192.0.0.0", "192.0.0.255"],
  ["192.0.2.0", "192.0.2.255"],
  ["192.88.99.0", "192.88.99.255"],
  ["192.168.0.0", "192.168.255.255"],
  ["198.18.0.0", "198.19.255.255"],
  ["198.51.100.0", "198.51.100.255"],
  ["203.0.113.0", "203.0.113.255"],
  ["224.0.0.0", "255.255.255.255"],
]);
const refusedIPv6 = rangeList("ipv6", [
  ["::", "64:ff9a:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["64:ff9b:0:0:0:1::", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["4000::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
]);

function rangeList(family: "ipv4" | "ipv6", ranges: [first: string, last: string][]): BlockList {
  const list = new BlockList();
  for (const [first, last] of ranges) list.addRange(first, last, family);
  return list;
}

/** Addresses near the edges of the ranges, where mistakes live, and anywhere else. */
const edges = [
  ...["0.0.0.0", "1.0.0.0", "10.0.0.0", "11.0.0.0", "100.64.0.0", "100.128.0.0", "127.0.0.0", "128.0.0.0"],
  ...["168.63.129.16", "169.254.0.0", "169.255.0.0", "172.16.0.0", "172.32.0.0", "192.0.0.0", "192.0.1.0"],
  ...["192.0.2.0", "192.0.3.0", "192.88.99.0", "192.88.100.0", "192.168.0.0", "192.169.0.0", "198.18.0.0"],
  ...["198.20.0.0", "198.51.100.0", "198.51.101.0", "203.0.113.0", "203.0.114.0", "224.0.0.0", "240.0.0.0"],
].map((ip) => ip.split(".").reduce((value, part) => value * 256 + Number(part), 0));
const nearEdge = fc
  .tuple(fc.constantFrom(...edges), fc.integer({ min: -2, max: 2 }))
  .map(([edge, offset]) => (edge + offset + 2 ** 32) % 2 ** 32);
const ipv4 = fc
  .oneof(fc.nat({ max: 2 ** 32 - 1 }), nearEdge)
  .map((value) => [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join("."));

const firstGroup = fc.oneof(
  fc.constantFrom(0, 0x64, 0x1fff, 0x2000, 0x2001, 0x2002, 0x3ffe, 0x3fff, 0x4000, 0xfc00, 0xfe80, 0xff02),
  fc.nat({ max: 0xffff }),
);
const secondGroup = fc.oneof(
  fc.constantFrom(0, 0xff9b, 0x1ff, 0x200, 0xdb7, 0xdb8, 0xdb9, 0xfff, 0x1000),
  fc.nat({ max: 0xffff }),
);
const ipv6 = fc
  .tuple(firstGroup, secondGroup, fc.array(fc.nat({ max: 0xffff }), { minLength: 6, maxLength: 6 }))
  .map(([first, second, rest]) => [first, second, ...rest].map((group) => group.toString(16)).join(":"));

const hexPair = (ip: string, flip = 0) => {
  const bytes = ip.split(".").map((part) => Number(part) ^ flip);
  const group = (high = 0, low = 0) => (high * 256 + low).toString(16);
  return `${group(bytes[0], bytes[1])}:${group(bytes[2], bytes[3])}`;
};

describe("against an independent table", () => {
  test("an IPv4 address passes exactly when no registry reserves it", () => {
    fc.assert(
      fc.property(ipv4, (ip) => {
        expect(judgeAddress(ip, []) !== null).toBe(refusedIPv4.check(ip, "ipv4"));
      }),
      { numRuns: 2000 },
    );
  });

  test("an IPv6 address passes exactly when it is global unicast and not reserved", () => {
    const isNat64 = (ip: string) => ip.startsWith("64:ff9b:0:0:0:0:");
    fc.assert(
      fc.property(
        ipv6.filter((ip) => !isNat64(ip)),
        (ip) => {
          expect(judgeAddress(ip, []) !== null).toBe(refusedIPv6.check(ip, "ipv6"));
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("v4-mapped and NAT64 addresses are judged exactly as the IPv4 address inside", () => {
    fc.assert(
      fc.property(ipv4, (ip) => {
        for (const spelling of [`::ffff:${ip}`, `::FFFF:${hexPair(ip)}`, `64:ff9b::${ip}`]) {
          expect(judgeAddress(spelling, [])).toBe(judgeAddress(ip, []));
        }
      }),
    );
  });

  test("the retired carriers never pass, and say what is inside when that is the reason", () => {
    fc.assert(
      fc.property(ipv4, (ip) => {
        const carriers = [
          `::${hexPair(ip)}`,
          `::ffff:0:${hexPair(ip)}`,
          `2002:${hexPair(ip)}::1`,
          `2001:0:102:304:0:0:${hexPair(ip, 0xff)}`,
        ];
        for (const carrier of carriers) {
          const inside = judgeAddress(ip, []);
          const isIPv6Itself = ip === "0.0.0.0" || ip === "0.0.0.1";
          const reasons = inside === null || isIPv6Itself ? expect.any(String) : inside;
          expect(judgeAddress(carrier, [])).toEqual(reasons);
        }
      }),
    );
  });

  test("what Node does not call an address never passes", () => {
    const almost = fc.stringMatching(/^[0-9a-f:.]{1,20}$/);
    fc.assert(
      fc.property(fc.oneof(almost, fc.string()), (text) => {
        fc.pre(isIP(text) === 0 && !text.includes("%"));
        expect(judgeAddress(text, allow("0.0.0.0/0", "::/0"))).toBe("not an IP address");
      }),
      { numRuns: 1000 },
    );
  });

  test("every spelling that Node calls an address is understood", () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        fc.pre(isIP(text) !== 0);
        expect(judgeAddress(text, [])).not.toBe("not an IP address");
      }),
      { numRuns: 1000 },
    );
  });
});

test.each([
  ["127.0.0.1", "a loopback address"],
  ["10.1.2.3", "a private address"],
  ["100.64.0.1", "a carrier-grade NAT address"],
  ["169.254.1.1", "a link-local address"],
  ["::1", "a loopback address"],
  ["::", "the unspecified address"],
  ["::7f00:1", "a loopback address"],
  ["4000::1", "not a public address"],
  ["fe80::1%eth0", "a link-local address"],
  ["fd12::1", "a private address"],
  ["2002:7f00:1::", "a loopback address"],
  ["2002:808:808::", "an address of the retired 6to4 tunnels"],
  ["64:ff9b:1::7f00:1", "not a public address"],
])("%s is refused as %s", (ip, reason) => {
  expect(judgeAddress(ip, [])).toBe(reason);
});

test.each([
  "1.1.1.1",
  "8.8.8.8",
  "2606:4700::1111",
  "2001:4860:4860::8888",
  "64:ff9b::808:808",
  "::ffff:8.8.8.8",
])("%s passes", (ip) => {
  expect(judgeAddress(ip, [])).toBeNull();
});

describe("with allowed ranges", () => {
  test("an address inside passes, also when an IPv6 address carries it, and its neighbours do not", () => {
    const ranges = allow("127.0.0.0/8", "::1/128");
    for (const ip of ["127.0.0.1", "127.255.255.255", "::1", "::ffff:127.0.0.1", "::ffff:7f00:1"])
      expect(judgeAddress(ip, ranges)).toBeNull();
    for (const ip of ["10.0.0.1", "128.0.0.0", "::2", "fd00::1"]) {
      expect(judgeAddress(ip, ranges)).toBe(judgeAddress(ip, []));
    }
    expect(judgeAddress("10.0.0.1", ranges)).not.toBeNull();
  });

  test.each([
    "169.254.169.254",
    "169.254.170.2",
    "168.63.129.16",
    "100.100.100.200",
    "fd00:ec2::254",
    "::ffff:169.254.169.254",
    "::a9fe:a9fe",
    "64:ff9b::a9fe:a9fe",
    "2002:a9fe:a9fe::1",
  ])("%s never passes, for it hands out credentials", (ip) => {
    expect(judgeAddress(ip, allow("0.0.0.0/0", "::/0"))).toBe("a cloud metadata address");
  });
});

describe("CIDRs", () => {
  test.each([
    "",
    "/",
    "10.0.0.0/33",
    "10.0.0.0/-1",
    "10.0.0.0/",
    "10.0.0.0/8/8",
    "::/129",
    "10.0.0/8",
    "host/8",
  ])("%j is none", (text) => {
    expect(parseCidr(text)).toBeNull();
  });

  test("bits behind the prefix do not matter, and a lone address is a range of one", () => {
    expect(parseCidr("10.9.8.7/8")).toEqual(parseCidr("10.0.0.0/8"));
    expect(parseCidr("10.9.8.7")).toEqual(parseCidr("10.9.8.7/32"));
    expect(parseCidr("::ffff:10.0.0.0/104")).toEqual(parseCidr("10.0.0.0/8"));
  });

  test("a range holds the addresses of its family only", () => {
    expect(isWithin("10.200.1.1", allow("10.0.0.0/8"))).toBe(true);
    expect(isWithin("::ffff:10.200.1.1", allow("10.0.0.0/8"))).toBe(true);
    expect(isWithin("11.0.0.0", allow("10.0.0.0/8"))).toBe(false);
    expect(isWithin("10.0.0.1", allow("::/0"))).toBe(false);
    expect(isWithin("nonsense", allow("0.0.0.0/0", "::/0"))).toBe(false);
  });
});

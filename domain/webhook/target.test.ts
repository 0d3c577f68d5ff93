import { createRequire } from "node:module";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCidr } from "../network/address";
import { checkTarget, forwardProblem, isPrivateTarget } from "./target";

const loopback = ["127.0.0.0/8", "::1/128"].flatMap((text) => parseCidr(text) ?? []);
const problemOf = (raw: string, allow = [] as typeof loopback) => {
  const checked = checkTarget(raw, allow);
  return "problem" in checked ? checked.problem : null;
};

test.each([
  "https://example.com/webhooks",
  "https://example.com",
  "https://example.com./a?b=c#d",
  "https://EXAMPLE.com:8443/",
  "https://sub.bücher.example/ü",
  "https://8.8.8.8/hook",
  "https://[2606:4700::1111]/hook",
  "https://notlocal.example/",
  "https://example.com/@user",
  "https://localhost.example.com/",
])("%s may be registered", (raw) => {
  expect(problemOf(raw)).toBeNull();
});

describe("the raw text", () => {
  test.each([
    ["", "Write it like https://"],
    ["example.com/hook", "Write it like https://"],
    ["/hook", "Write it like https://"],
    ["https://", "Write it like https://"],
    ["https://example.com:99999/", "a host or port that cannot be"],
    ["https://exa[mple.com/", "a host or port that cannot be"],
    ["https://example.com/a b", "space"],
    [" https://example.com/", "space"],
    ["https://example.com/\n", "space"],
    ["https://exam\tple.com/", "space"],
    ["https://example.com\\@10.0.0.1/", "backslash"],
    ["https://example.com/\u0000", "invisible"],
    ["https://example.com/\u007f", "invisible"],
    ["https://exam\u200bple.com/", "invisible"],
    ["https://example.com/\u202e", "invisible"],
    ["https://example.com/\ud800", "invisible"],
    [`https://example.com/${"a".repeat(2029)}`, "at most 2048"],
  ])("%j is refused", (raw, words) => {
    expect(problemOf(raw)).toContain(words);
  });

  test("2,048 characters are accepted", () => {
    expect(problemOf(`https://example.com/${"a".repeat(2028)}`)).toBeNull();
  });
});

describe("the scheme", () => {
  test.each([
    ["http://example.com/", "Use https://"],
    ["ftp://example.com/", "must begin with https://"],
    ["javascript:alert(1)", "must begin with https://"],
    ["file:///etc/passwd", "must begin with https://"],
    ["wss://example.com/", "must begin with https://"],
    ["https://user:password@example.com/", "before the @"],
    ["https://user@example.com/", "before the @"],
    ["https://@example.com/", "before the @"],
    ["https:user@example.com/", "before the @"],
  ])("%s is refused", (raw, words) => {
    expect(problemOf(raw)).toContain(words);
  });
});

describe("the host", () => {
  test.each([
    "https://127.0.0.1/",
    "https://127.1/",
    "https://0x7f.1/",
    "https://0177.0.0.1/",
    "https://2130706433/",
    "https://127.0.0.1./",
    "https://127。0。0。1/",
    "https://①②⑦.0.0.1/",
    "https://0/",
    "https://10.0.0.1/",
    "https://192.168.1.1:8443/",
    "https://169.254.169.254/latest/meta-data",
    "https://100.100.100.200/",
    "https://[::1]/",
    "https://[::]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::7f00:1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[2002:7f00:1::]/",
    "https://[fe80::1]/",
    "https://[fd00:ec2::254]/",
    "https://[4000::1]/",
  ])("%s is refused for its address", (raw) => {
    expect(problemOf(raw)).toMatch(/ is (a|an|the|not a) .*Use a host that the public internet can reach\.$/);
  });

  test.each([
    "https://localhost/",
    "https://LOCALHOST:8443/",
    "https://localhost./",
    "https://app.localhost/",
    "https://app.localhost./",
    "https://printer.local/",
    "https://metadata.google.internal/",
    "https://metadata.google.internal./",
    "https://intranet/",
    "https://intranet./",
    "https://ｌocalhost/",
  ])("%s is refused for its name", (raw) => {
    expect(problemOf(raw)).toContain("only exists inside a network");
  });

  test.each([`https://${"a".repeat(64)}.example/`, "https://a..example/", "https://.example.com/"])(
    "%s is no host name",
    (raw) => {
      expect(problemOf(raw)).toContain("not a valid host name");
    },
  );

  test("with allowed ranges, names are left to the connect-time check and literals inside pass", () => {
    for (const raw of [
      "https://localhost:8443/",
      "https://intranet/",
      "https://127.0.0.1/",
      "https://[::1]/",
    ])
      expect(problemOf(raw, loopback)).toBeNull();
    for (const raw of ["https://10.0.0.1/", "https://169.254.169.254/", "https://[fd00:ec2::254]/"])
      expect(problemOf(raw, loopback)).not.toBeNull();
  });
});

describe("the port", () => {
  test("each port that browsers block is refused", () => {
    const load = createRequire(import.meta.url);
    const { badPorts } = load("undici/lib/web/fetch/constants.js") as { badPorts: string[] };
    for (const port of [...badPorts, "0"])
      expect(problemOf(`https://example.com:${port}/`), port).toContain("Use 443");
  });

  test.each([443, 80, 3000, 8080, 8443, 65535])("%i is accepted", (port) => {
    expect(problemOf(`https://example.com:${port}/`)).toBeNull();
  });
});

test.each([
  ["http://localhost:4000/hooks?from=fanfare", "nothing"],
  ["https://10.1.2.3/a@b", "nothing"],
  ["http://localhost:4000/\r\nX: y", "line break"],
  ["http://ada:secret@localhost:4000/", "user name or password"],
  ["http://@localhost/", "user name or password"],
  ["ftp://localhost/", "http:// or https://"],
  ["localhost:4000", "http:// or https://"],
])("of %j as where a listener forwards to, %s is wrong", (raw, words) => {
  expect(forwardProblem(raw) ?? "nothing").toContain(words);
});

test("whatever is written, the answer is a URL over https or a sentence", () => {
  const urlish = fc
    .tuple(fc.constantFrom("https://", "https:", "http://", ""), fc.string({ unit: "binary" }))
    .map(([scheme, rest]) => scheme + rest);
  fc.assert(
    fc.property(urlish, (raw) => {
      const checked = checkTarget(raw, []);
      expect("url" in checked ? checked.url.protocol : checked.problem).toMatch(/^https:$|^\S.*\.$/s);
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ["http://localhost:3000/hook", true],
  ["https://127.0.0.1/", true],
  ["https://[::1]:8443/", true],
  ["https://10.1.2.3/", true],
  ["https://printer.local", true],
  ["https://example", false],
  ["https://example.com", false],
  ["http://8.8.8.8/", false],
  ["localhost", false],
])("whether %s means a machine of a private network: %j", (raw, isPrivate) => {
  expect(isPrivateTarget(raw)).toBe(isPrivate);
});

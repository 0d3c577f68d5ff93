/** How a system completes names, as its resolv.conf(5) says. */
type SearchList = { domains: string[]; ndots: number };

/** glibc takes no more either. */
const maxNdots = 15;
/** RFC 1035 §2.3.4, without the dot at the end. */
const maxNameLength = 253;

/**
 * The absolute names to ask DNS for, in order, where a person wrote `hostname`: with fewer dots than `ndots` the
 * search list comes first, else the name as it is. A dot at its end says that a name is whole.
 */
export function namesToAsk(hostname: string, resolvConf: string): string[] {
  const name = hostname.replace(/\.$/, "");
  if (name !== hostname) return [name];
  const { domains, ndots } = readSearchList(resolvConf);
  const completed = domains.map((domain) => `${name}.${domain}`);
  const isNearlyWhole = name.split(".").length > ndots;
  const names = isNearlyWhole ? [name, ...completed] : [...completed, name];
  return names.filter((each) => each.length <= maxNameLength);
}

/** Of several `search` and `domain` lines the last one counts. */
function readSearchList(resolvConf: string): SearchList {
  const list: SearchList = { domains: [], ndots: 1 };
  for (const line of resolvConf.split("\n")) {
    const [keyword, ...words] = line
      .replace(/[#;].*/, "")
      .trimEnd()
      .split(/\s+/);
    if (keyword === "search") list.domains = words.flatMap(toDomain);
    if (keyword === "domain") list.domains = words.slice(0, 1).flatMap(toDomain);
    if (keyword === "options") list.ndots = words.map(toNdots).findLast((n) => n !== null) ?? list.ndots;
  }
  return list;
}

/** The root, written as a dot, completes nothing. */
function toDomain(word: string): string[] {
  const domain = word.toLowerCase().replace(/\.$/, "");
  return domain === "" ? [] : [domain];
}

function toNdots(word: string): number | null {
  const digits = /^ndots:(\d+)$/.exec(word)?.[1];
  return digits === undefined ? null : Math.min(Number(digits), maxNdots);
}

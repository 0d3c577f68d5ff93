import { jsonIn } from "./body-difference";
import { bodiesIn, bodiesWithin, type PossibleBody } from "./body-text";
import { type Claim, claimsIn, digestIn } from "./digest-text";
import { parseHeaderText } from "./header-text";

/** What somebody pasted of a request that came in: three texts, of which any may hold what belongs into another. */
export type Pasted = {
  headers: string;
  body: string;
  /** What the receiver's code said about it, or computed. */
  words: string;
};

/** What is in it. Header names are lower case. */
export type Received = {
  headers: Record<string, string>;
  /** What the body may be, the likeliest first; none when none was pasted. */
  bodies: PossibleBody[];
  /** Digests beside those of the headers: what the receiver's code computed is among them, if it was logged. */
  claims: Claim[];
  pasted: Pasted;
};

/** Finds headers, body and digests in what somebody pasted. */
export function readPasted(pasted: Pasted): Received {
  const headers = {
    ...headersBesideBody(pasted.body),
    ...headersBesideBody(pasted.words),
    ...parseHeaderText(pasted.headers),
  };
  const bodies = pasted.body.trim() === "" ? bodiesWithin(pasted.headers) : bodiesIn(pasted.body);
  return { headers, bodies, claims: ownClaims(pasted, headers), pasted };
}

/** The headers in a text that was not meant for them, if it has a signature: an event's data may have names like theirs. */
function headersBesideBody(text: string): Record<string, string> {
  const headers = parseHeaderText(text);
  return "x-signature" in headers || "webhook-signature" in headers ? headers : {};
}

/** The digests that are not those of the headers themselves; but also those, where they stand without their marks. */
function ownClaims({ headers: headerText, words }: Pasted, headers: Record<string, string>): Claim[] {
  const given = Object.entries(headers).filter(([name]) => name.includes("signature"));
  const known = new Map(
    given.flatMap(([, value]) => value.split(/\s+/).map((each) => [digestIn(each), each])),
  );
  return claimsIn(`${words}\n${headerText}`).filter(({ digest, isMarked }) => {
    const whole = known.get(digest);
    return whole === undefined || (!isMarked && /^(?:sha256=|v1,)/.test(whole));
  });
}

/** How many events are looked up for one question. */
const mostIds = 4;

/** The ids of the event that it may be, the likeliest first: of its headers, and of its body where they are missing or wrong. */
export function eventIdsIn({ headers, bodies }: Received): string[] {
  const ids = [
    headers["webhook-id"],
    headers["x-event-id"],
    ...bodies.slice(0, mostIds).flatMap(({ body }) => idIn(body) ?? []),
  ];
  return [...new Set(ids.flatMap((id) => id || []))].slice(0, mostIds);
}

/** The id in a body, in whatever language it was printed. */
function idIn(body: string): string | null {
  const value = jsonIn(body)?.value;
  if (typeof value === "object" && value !== null && "id" in value) return String(value.id);
  return (
    /(?<![\w-])id(?:["'\]]{1,2})?\s{0,4}(?:=>|[:=])\s{0,4}["']?([A-Za-z0-9_-]{1,128})/.exec(
      body.slice(0, 4_000),
    )?.[1] ?? null
  );
}

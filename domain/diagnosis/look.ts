import type { ErrorCode, FailureDetail, PeerFacts } from "../delivery/outcome";
import { parseUrl } from "../network/parse-url";
import type { Evidence, History } from "./evidence";

/** Of an answer's body, what is looked at: bodies are kept to 16 KiB. */
const maxCharacters = 16 * 1024;

/** Evidence as causes ask about it. */
export class Look {
  /** Small letters, so that patterns need no other. */
  readonly server: string;
  /** The body in small letters, with single blanks, so that a line break splits no sentence. */
  readonly text: string;

  constructor(readonly evidence: Evidence) {
    this.server = this.header("server").toLowerCase();
    this.text = evidence.body.slice(0, maxCharacters).toLowerCase().replace(/\s+/g, " ").trim();
  }

  /** Zero when no HTTP answer came. */
  get status(): number {
    return this.evidence.statusCode ?? 0;
  }

  get isAnswered(): boolean {
    return this.evidence.statusCode !== null;
  }

  get history(): History {
    return this.evidence.history;
  }

  get facts(): PeerFacts {
    return this.evidence.peer.facts ?? {};
  }

  /** The host of the webhook's URL, without brackets. */
  get host(): string {
    return this.url?.hostname.replace(/^\[|\]$/g, "") ?? "";
  }

  get url(): URL | null {
    const { url } = this.evidence;
    return url === null ? null : parseUrl(url);
  }

  /** Where a redirect leads; null where it leads nowhere that HTTP goes. */
  get target(): URL | null {
    const location = this.evidence.headers.location;
    const target = typeof location === "string" ? parseUrl(location, this.evidence.url ?? undefined) : null;
    if (!target) return null;
    return target.protocol === "https:" || target.protocol === "http:" ? target : null;
  }

  /** The first of the header's values; empty when it did not come. */
  header(name: string): string {
    return [this.evidence.headers[name] ?? ""].flat()[0] ?? "";
  }

  has(name: string): boolean {
    return this.evidence.headers[name] !== undefined;
  }

  isStatus(...statuses: number[]): boolean {
    return statuses.includes(this.status);
  }

  isCode(...codes: ErrorCode[]): boolean {
    return this.evidence.error !== null && codes.includes(this.evidence.error.code);
  }

  isDetail(...details: FailureDetail[]): boolean {
    return this.evidence.detail !== null && details.includes(this.evidence.detail);
  }

  /** Whether the body says one of these, which are in small letters. */
  says(...words: string[]): boolean {
    return words.some((each) => this.text.includes(each));
  }

  /** Whether it is HTML: many frameworks call plain words so, too. */
  /** Whether this webhook took anything lately, as far as was looked. */
  get hasWorked(): boolean {
    const { others, earlier } = this.history;
    return (
      others.some(({ isDelivered }) => isDelivered) ||
      earlier.some(({ statusCode }) => statusCode !== null && statusCode < 300)
    );
  }

  get isPage(): boolean {
    return /<(?:!doctype html|html|head|body|title|h1)[ >]/.test(this.text.slice(0, 1_000));
  }

  /** Whether it is a page that nginx itself makes: what an application answers keeps its own. */
  get isPageOfNginx(): boolean {
    return /<center>(?:nginx|openresty|tengine)/.test(this.text);
  }

  get isEmpty(): boolean {
    return this.text.trim() === "";
  }

  /** What the endpoint said, on one short line, in its own words; empty when it said nothing that can be read. */
  get words(): string {
    const { body } = this.evidence;
    const visible = this.isPage ? pageWords(body) : body;
    const line = visible.replace(/[\s\p{C}]+/gu, " ").trim();
    return line.length <= shownCharacters ? line : `${line.slice(0, shownCharacters).trimEnd()}…`;
  }
}

/** Whether a host is written as an address and not as a name. */
export const isAddress = (host: string) => host.includes(":") || /^\d{1,3}(\.\d{1,3}){3}$/.test(host);

const shownCharacters = 160;

/** The title of a page or its first heading, where it has them; else its text. Express's title says only “Error”. */
function pageWords(page: string): string {
  const start = page.slice(0, 4_096);
  const named =
    (/<title>error</i.test(start) && /<pre>([^<]{1,200})/i.exec(start)?.[1]) ||
    /<title[^>]{0,100}>([^<]{1,200})</i.exec(start)?.[1] ||
    /<h1[^>]{0,100}>([^<]{1,200})</i.exec(start)?.[1];
  return named ?? start.replace(/<[^<>]{0,1000}>/g, " ");
}

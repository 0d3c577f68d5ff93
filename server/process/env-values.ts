import { isIPv6 } from "node:net";
import { z } from "zod";
import { accentProblem, isColour } from "@/domain/contrast";
import { parseCidr } from "@/domain/network/address";
import { parseUrl } from "@/domain/network/parse-url";
import type { KeyRing } from "@/domain/webhook/seal";
import { basePathOf } from "@/scripts/base-path.mjs";

/*
 * Settings come as text. Each of these is a schema for one kind of text; its issue says what the text must be,
 * worded to follow the setting's name.
 */

export const wholeNumber = (min: number, max: number) =>
  value(`must be a whole number from ${min} to ${max}`, (text) => {
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    return number >= min && number <= max ? number : null;
  });

export const oneOf = <T extends string>(...words: T[]) =>
  value(`must be ${words.join(" or ")}`, (text) => words.find((word) => word === text) ?? null);

/** `off`, or a whole number from 1. */
export const offOrCount = () =>
  value("must be off or a whole number from 1", (text) => {
    if (text === "off") return { limit: null };
    return /^\d{1,9}$/.test(text) && Number(text) > 0 ? { limit: Number(text) } : null;
  });

/** Without what no header can carry and nobody sees. */
export const secretText = (minLength: number) =>
  value(`must have ${minLength} or more characters, none of them a line break or invisible`, (text) =>
    text.length >= minLength && !/[\p{Cc}\p{Cf}]/u.test(text) ? text : null,
  );

/** In milliseconds. */
export const duration = (minMs: number, maxMs: number) =>
  value(`must be a duration such as 500ms, 15s, 5m, 2h or 30d, ${range(minMs, maxMs)}`, (text) => {
    const ms = parseDuration(text);
    return ms !== null && ms >= minMs && ms <= maxMs ? ms : null;
  });

/** In milliseconds each. */
export const durations = (minMs: number, maxMs: number) =>
  value(`must be durations such as 5s,5m,2h, each ${range(minMs, maxMs)}`, (text) =>
    every(items(text), (item) => {
      const ms = parseDuration(item);
      return ms !== null && ms >= minMs && ms <= maxMs ? ms : null;
    }),
  );

export const cidrs = () =>
  value("must be address ranges such as 10.0.0.0/8,::1/128", (text) =>
    every(items(text), (item) => (parseCidr(item) ? item : null)),
  );

export const httpsUrls = () =>
  value("must be https URLs, separated by commas", (text) =>
    every(items(text), (item) => (parseUrl(item) && item.startsWith("https://") ? item : null)),
  );

/** An IPv6 address without brackets, an IPv4 address, or a name. */
export const host = () =>
  value("must be an address or a host name", (text) =>
    /^[\w.-]+$/.test(text) || isIPv6(text) ? text : null,
  );

/** An origin, and a path by which a proxy leads here. Without a slash at its end. */
export const publicAddress = () =>
  value(
    "must be an http or https address such as https://hooks.example.com or https://example.com/fanfare, " +
      "whose path has letters, digits and . _ ~ - alone and is not one of Fanfare's own",
    (text) => {
      const url = parseUrl(text);
      if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return null;
      const basePath = basePathOf(text);
      if (url.href.replace(/\/$/, "") !== `${url.origin}${basePath}` || isOwnPath(basePath)) return null;
      return `${url.origin}${basePath}`;
    },
  );

/** The first parts of our own paths. */
const ownPath =
  /^\/(api\/(auth|trpc)|confirm-address|customers|dashboard|docs|event-types|events|healthz|icon\.svg|invite|marks|metrics|_next|openapi\.json|portal|readyz|reset|sign-in|sign-up|unsubscribe|webhooks)\//;

/** Whether a request that comes with the base path could be taken for one that comes without it. */
const isOwnPath = (basePath: string) => basePath === "/api" || ownPath.test(`${basePath}/`);

/** What pg takes apart; only its kind is checked here, and nothing of it is told. */
export const postgresUrl = () =>
  value("must be an address such as postgres://user:password@host:5432/fanfare", (text) =>
    /^postgres(ql)?:\/\/\S+$/.test(text) ? text : null,
  );

/** Where mails are handed over. */
export const smtpUrl = () =>
  value("must be an address such as smtp://user:password@mail.example.com:587, or smtps://…", (text) => {
    const url = parseUrl(text);
    return url && /^smtps?:$/.test(url.protocol) && url.hostname !== "" ? text : null;
  });

/** An address, or a name with one, on one line. */
export const sender = () =>
  value("must be an address such as hooks@example.com, or Fanfare <hooks@example.com>", (text) => {
    const [, address = text] = /^[^<>"\p{Cc}]*<([^<>]+)>$/u.exec(text) ?? [];
    return z.email().safeParse(address).success ? text : null;
  });

/** Of an HTTP proxy, with its port. User and password may be percent-encoded, as in every URL; nothing of them is told. */
export const proxyUrl = () =>
  value(
    "must be an address such as http://proxy.example:3128 or http://user:password@proxy.example:3128, with its port",
    (text) => {
      const url = parseUrl(text);
      if (!url || !/^https?:\/\/[^/]*:\d+\/?$/.test(text)) return null;
      const isTls = url.protocol === "https:";
      return {
        host: url.hostname.replace(/^\[|\]$/g, ""),
        port: Number(url.port || (isTls ? 443 : 80)),
        isTls,
        authorization: url.username || url.password ? basicAuth(url) : null,
      };
    },
  );

/** RFC 7617. */
function basicAuth({ username, password }: URL): string {
  const plain = (part: string) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  };
  return `Basic ${Buffer.from(`${plain(username)}:${plain(password)}`).toString("base64")}`;
}

export const keyRing = () =>
  value("must be keys such as 2026:<base64 of 32 bytes>, separated by commas, each id once", parseKeyRing);

/** `id:base64,…` with AES-256 keys. Null when the text is not that. */
export function parseKeyRing(text: string): KeyRing | null {
  const ring = every(items(text), (item) => {
    const [, id, base64] = /^([\w-]{1,64}):([\w+/-]+={0,2})$/.exec(item) ?? [];
    const key = Buffer.from(base64 ?? "", "base64");
    return id && key.length === 32 ? { id, key: new Uint8Array(key) } : null;
  });
  return ring && new Set(ring.map(({ id }) => id)).size === ring.length ? ring : null;
}

/** A schema from a function that answers null for what it does not accept. */
function value<T>(must: string, parse: (text: string) => T | null) {
  return z.string().transform((text, context): T => {
    const parsed = parse(text);
    if (parsed !== null) return parsed;
    context.addIssue({ code: "custom", message: must });
    return z.NEVER;
  });
}

const unitMs: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function parseDuration(text: string): number | null {
  const [, amount, unit = ""] = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h|d)$/.exec(text) ?? [];
  return amount === undefined ? null : Math.round(Number(amount) * (unitMs[unit] ?? 0));
}

function range(minMs: number, maxMs: number): string {
  return `from ${writeDuration(minMs)} to ${writeDuration(maxMs)}`;
}

function writeDuration(ms: number): string {
  const [unit, size] = Object.entries(unitMs).findLast(([, size]) => ms % size === 0 && ms >= size) ?? [
    "s",
    1,
  ];
  return `${ms / size}${unit}`;
}

const items = (text: string) => text.split(",").map((item) => item.trim());

/** Every item parsed, or null when one is not accepted. */
function every<T>(list: string[], parse: (item: string) => T | null): T[] | null {
  const parsed = list.map(parse);
  return parsed.some((item) => item === null) ? null : (parsed as T[]);
}

/** Sites that may show pages of ours in a frame, as CSP's frame-ancestors names them. */
export const frameAncestors = () =>
  z.string().transform((text, context) => {
    const sites = text.split(/[\s,]+/).filter((site) => site !== "");
    if (sites.length > 0 && sites.every((site) => frameSite.test(site))) return sites;
    context.addIssue({
      code: "custom",
      message: "must list origins such as https://app.example.com or https://*.example.com",
    });
    return z.NEVER;
  });

/** No path, which browsers ignore, and no word of CSP such as *, which would let in everybody. */
const frameSite =
  /^https:\/\/(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$|^http:\/\/(localhost|127\.0\.0\.1)(:\d{1,5})?$/i;

/** Colours of an accent in light and dark pages. */
export const accent = () =>
  z.string().transform((text, context) => {
    const [light = "", dark = "", ...more] = text.split(",").map((part) => part.trim().toLowerCase());
    const problem =
      more.length === 0 && isColour(light) && isColour(dark)
        ? accentProblem({ light, dark })
        : "must be two colours, for light and dark pages, such as #4f46e5,#9495fa";
    if (problem === null) return { light, dark };
    context.addIssue({ code: "custom", message: problem });
    return z.NEVER;
  });

/** A picture that pages can hold, so that nothing is asked of another site. */
export const picture = () =>
  z
    .string()
    .max(65_536, "must be at most 64 KiB")
    .regex(
      /^data:image\/(png|svg\+xml|webp|jpeg);base64,[A-Za-z0-9+/]+=*$/,
      "must be a picture as data:image/svg+xml;base64,… (or png, webp, jpeg)",
    );

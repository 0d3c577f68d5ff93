import type { ByteShare } from "@/domain/byte-budget";
import { methodNotAllowed, notFound } from "@/domain/errors";
import { callLimits } from "@/domain/limits";
import { siteOf } from "@/domain/network/site";
import { answerError, json, toResponse } from "@/server/http/answer";
import { readJson } from "@/server/http/read-json";
import { requestIdOf } from "@/server/http/request-id";
import { isOtherSite, refuseOtherSites } from "@/server/http/sender";
import { webCall } from "@/server/http/web-call";
import { runtime } from "@/server/process/runtime";
import type { Auth } from "./auth";
import { strangersShare } from "./body-shares";
import { redeemPortalLink } from "./portal-link";
import { returnPath } from "./return-path";
import { type Route, routes } from "./routes";

/** Answers a request under /api/auth. */
export function handleAuth(request: Request): Promise<Response> {
  return answerAuth(runtime().auth, request);
}

/** Answers the button of a portal link: on to the dashboard, or back to the page that says why not. */
export function handleRedeem(request: Request, token: string): Promise<Response> {
  return answerRedeem(runtime().auth, request, token);
}

export function answerRedeem(auth: Auth, request: Request, token: string): Promise<Response> {
  return redeem(auth, request, token).catch((error) => refuse(auth, request, error));
}

async function redeem(auth: Auth, { headers, url }: Request, token: string): Promise<Response> {
  const redeemed = isOtherSite(headers, siteOf(auth.env, headers))
    ? null
    : await redeemPortalLink(auth, headers, token);
  const page = redeemed
    ? returnPath(new URL(url).searchParams.get("to"))
    : `/portal/${encodeURIComponent(token)}`;
  const leading = new Response(null, { status: 303, headers: { location: `${auth.env.basePath}${page}` } });
  return withCookies(leading, redeemed?.cookies ?? []);
}

export function answerAuth(auth: Auth, request: Request): Promise<Response> {
  const share = strangersShare(auth.bodies, request.headers);
  return respond(auth, request, share)
    .catch((error) => refuse(auth, request, error))
    .finally(share.release);
}

/** Nobody here is known yet, and needs a few fields. */
const maxBytes = callLimits.signInBytes;

async function respond(auth: Auth, request: Request, share: ByteShare): Promise<Response> {
  const { headers } = request;
  const route = findRoute(request);
  if (route.method === "POST") refuseOtherSites(headers, siteOf(auth.env, headers));
  const body = route.method === "POST" ? await readJson(webCall(request), { maxBytes, share }) : undefined;
  const reply = await route.answer(auth, headers, body);
  return withCookies(toResponse(json(200, reply.body)), reply.cookies);
}

function findRoute({ url, method }: Request): Route {
  const path = new URL(url).pathname.replace(/^\/api\/auth/, "");
  const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
  if (!route) throw notFound("path");
  if (method !== route.method) throw methodNotAllowed(route.method);
  return route;
}

function withCookies(response: Response, cookies: string[]): Response {
  for (const cookie of cookies) response.headers.append("set-cookie", cookie);
  return response;
}

function refuse({ newId, log }: Auth, { headers }: Request, error: unknown): Response {
  return toResponse(answerError(error, requestIdOf(headers) ?? newId(), log));
}

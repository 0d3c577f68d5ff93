import { z } from "zod";
import type { ByteShare } from "@/domain/byte-budget";
import { ApiError, badInput, faultSentence, methodNotAllowed, notFound, notJson } from "@/domain/errors";
import { parseJson } from "@/domain/event/json";
import { siteOf } from "@/domain/network/site";
import { runtime } from "@/server/process/runtime";
import type { Auth } from "./auth";
import { strangersShare } from "./body-shares";
import { isOtherSite, refuseOtherSites } from "./origin";
import { redeemPortalLink } from "./portal-link";
import type { Reply } from "./reply";
import { readBody } from "./request-body";
import { requestIdOf } from "./request-id";
import { homePath } from "./return-path";
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
  return redeem(auth, request, token).catch((error) => fail(auth, request.headers, error));
}

async function redeem(auth: Auth, { headers }: Request, token: string): Promise<Response> {
  const redeemed = isOtherSite(headers, siteOf(auth.env, headers))
    ? null
    : await redeemPortalLink(auth, headers, token);
  const page = redeemed ? homePath : `/portal/${encodeURIComponent(token)}`;
  const cookies = (redeemed?.cookies ?? []).map((cookie): [string, string] => ["set-cookie", cookie]);
  return new Response(null, {
    status: 303,
    headers: [["location", `${auth.env.basePath}${page}`], ...cookies],
  });
}

export async function answerAuth(auth: Auth, request: Request): Promise<Response> {
  const share = strangersShare(auth.bodies, request.headers);
  try {
    const route = findRoute(request);
    if (route.method === "POST") refuseOtherSites(request.headers, siteOf(auth.env, request.headers));
    const body = route.method === "POST" ? await readJson(request, share) : undefined;
    return reply(await route.answer(auth, request.headers, body));
  } catch (error) {
    if (error instanceof ApiError) return refuse(error);
    if (error instanceof z.ZodError) return refuse(badInput(fieldErrors(error)));
    return fail(auth, request.headers, error);
  } finally {
    share.release();
  }
}

function findRoute({ url, method }: Request): Route {
  const path = new URL(url).pathname.replace(/^\/api\/auth/, "");
  const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
  if (!route) throw notFound("path");
  if (method !== route.method) throw methodNotAllowed(route.method);
  return route;
}

/** Nobody here is known yet, and needs a few fields. */
const maxBodyBytes = 16 * 1024;

/** JSON only, which no form of another site can send without being asked about first. */
async function readJson(request: Request, share: ByteShare): Promise<unknown> {
  const bytes = await readBody(request, maxBodyBytes, share);
  if (bytes.length === 0) return undefined;
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get("content-type") ?? "")) throw notJson();
  const parsed = parseJson(bytes);
  if ("errors" in parsed) throw badInput(parsed.errors);
  return parsed.value;
}

const fieldErrors = ({ issues }: z.ZodError) =>
  issues.map(({ path, message, code }) => ({
    path: path.map((key) => (typeof key === "number" ? key : String(key))),
    message,
    code,
  }));

function reply({ body, cookies }: Reply): Response {
  return json(
    200,
    body,
    cookies.map((cookie) => ["set-cookie", cookie]),
  );
}

function refuse({ status, message, code, errors, headers }: ApiError): Response {
  return json(status, { error: message, code, errors }, Object.entries(headers));
}

function fail({ log, newId }: Auth, headers: Headers, error: unknown): Response {
  const requestId = requestIdOf(headers) ?? newId();
  log.error({ err: error, requestId }, "a request failed");
  return json(500, { error: faultSentence(requestId), code: "internal", request_id: requestId }, []);
}

function json(status: number, body: unknown, headers: [string, string][]): Response {
  const own: [string, string][] = [
    ["content-type", "application/json"],
    ["cache-control", "no-store"],
  ];
  return new Response(JSON.stringify(body), { status, headers: [...own, ...headers] });
}

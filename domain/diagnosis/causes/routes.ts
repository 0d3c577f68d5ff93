import type { Cause, Fit } from "../cause";
import type { Look } from "../look";

/** Paths and methods that lead to no handler, or to one that does not answer. */
export const routes: Cause[] = [
  {
    code: "slash_missing",
    fits: (look) => look.isStatus(500) && look.says("append_slash") && "certain",
    meaning: "Django has this path with a slash at its end, and cannot redirect a POST there.",
    nextStep: "Use the URL with the slash at its end.",
    suggestedUrl: ({ url }) => url && `${url.origin}${url.pathname}/${url.search}`,
    seen: ["Django 3.2 with DEBUG and APPEND_SLASH: 500 RuntimeError"],
  },
  {
    code: "handler_without_answer",
    fits: withoutAnswer,
    meaning: "The handler may run without setting an answer: then the framework says 404 in its place.",
    nextStep: "Set the answer in the handler (in Koa ctx.status or ctx.body), and await what it starts.",
    tellApart: "The application's log has the event id, although the answer was 404.",
    seen: ["Koa 2.16, 3.3: 404 Not Found", "Hono 4.13: 404 404 Not Found"],
  },
  {
    code: "no_post_route",
    fits: noPostRoute,
    meaning: (look) =>
      `Your application has no POST route at this path (${look.status}); one for GET does not help.`,
    nextStep: "Check the path of the URL and the method of the route, and that it was deployed.",
    tellApart: "The application's log has no handler for the request.",
    seen: [
      "Express 5.3, Nest 11.2: 404 Cannot POST",
      "Fastify 5.12: 404 Route POST: … not found",
      "Rails 6.1, Hono 4.13, Koa 3.3: 404",
    ],
  },
  {
    code: "post_not_allowed",
    fits: (look) =>
      look.isStatus(405) && (look.has("allow") ? "certain" : look.isPage ? "possible" : "likely"),
    meaning: (look) => {
      const allowed = look.header("allow").slice(0, 60);
      return `The path exists but does not take POST (405${allowed === "" ? "" : `; it takes ${allowed}`}).`;
    },
    nextStep: "Accept POST on this path, or correct the URL.",
    tellApart: "An Allow header in the answer lists what it takes.",
    seen: ["Flask 2.2, Django 3.2: 405 with Allow", "Next.js 15.5: 405 without Allow"],
  },
  {
    code: "not_implemented",
    fits: (look) => look.isStatus(501) && "likely",
    meaning: "Your endpoint does not implement this (501).",
    nextStep: "Check that the URL leads to your webhook handler.",
    tellApart: "Static file servers answer POST like this.",
    seen: ["501 of Python's http.server"],
  },
  {
    code: "nothing_at_path",
    fits: (look) => look.isStatus(404) && (look.says("no route matches", "cannot post") ? false : "likely"),
    meaning: "There is nothing at this path (404).",
    nextStep: "Check the path of the webhook's URL, and whether the route was deployed.",
    tellApart: "Your application's log has no handler for the request.",
    seen: ["Apache 2.4, Go 1.19, Tomcat 10.1, FastAPI 0.92: 404"],
  },
];

/** Koa's and Hono's very words. */
const isOfKoa = (look: Look) => look.text === "not found" && look.server === "";
const isOfHono = (look: Look) => look.text === "404 not found" && look.server === "";

function withoutAnswer(look: Look): Fit | false {
  if (look.says("context is not finalized")) return "certain";
  if (!look.isStatus(404)) return false;
  return isOfKoa(look) ? "likely" : isOfHono(look) && "possible";
}

function noPostRoute(look: Look): Fit | false {
  if (
    look.isStatus(404, 405) &&
    (/cannot post \/|route post:|no route matches \[post\]/.test(look.text) ||
      look.says("the post method is not supported for"))
  )
    return "certain";
  if (!look.isStatus(404)) return false;
  if (look.says("the page you were looking for doesn't exist")) return "likely";
  if (isOfHono(look) || isOfKoa(look)) return "likely";
  return look.text === '{"statuscode":404,"error":"not found","message":"not found"}' && "likely"; // hapi
}

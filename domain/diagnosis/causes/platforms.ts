import type { Cause } from "../cause";
import type { Look } from "../look";

/** `DEPLOYMENT_NOT_FOUND` and the like, in which Vercel's error ends. */
const vercelError = (look: Look) => look.header("x-vercel-error").toUpperCase();

/** What hosts of applications, and tunnels to a developer's machine, answer in an application's place. */
export const platforms: Cause[] = [
  {
    code: "tunnel_down",
    fits: (look) =>
      (/err_ngrok_3\d{3}/.test(`${look.header("ngrok-error-code").toLowerCase()} ${look.text}`) ||
        look.says("tunnel unavailable", "no tunnel here", "tunnel not found", "tunnel service error")) &&
      "certain",
    meaning: "The tunnel to your machine is not open.",
    nextStep: "Start the tunnel again; if its address has changed, enter the new one.",
    seen: [
      "ngrok: 404 ERR_NGROK_3200",
      "localtunnel: 503 Tunnel Unavailable",
      "localhost.run: no tunnel here (their documentation)",
    ],
  },
  {
    code: "tunnel_without_application",
    fits: (look) =>
      /err_ngrok_8\d{3}/.test(`${look.header("ngrok-error-code").toLowerCase()} ${look.text}`) && "certain",
    meaning: "The tunnel is open, but nothing listens where it leads to on your machine.",
    nextStep: "Start the application, or correct the port that the tunnel was given.",
    seen: ["ngrok: 502 ERR_NGROK_8012 (its documentation)"],
  },
  {
    code: "tunnel_limit",
    fits: (look) => look.header("ngrok-error-code") !== "" && "certain",
    meaning: (look) =>
      `The tunnel's service refused the request (${look.header("ngrok-error-code").slice(0, 40)}).`,
    nextStep: "Its page on that error says why: most often a limit of the plan.",
    seen: ["ngrok: ngrok-error-code (its documentation)"],
  },
  {
    code: "deployment_missing",
    fits: (look) =>
      (/DEPLOYMENT_NOT_FOUND|DEPLOYMENT_DELETED/.test(vercelError(look)) ||
        look.header("x-render-routing").startsWith("no-server") ||
        look.says(
          "there's nothing here, yet",
          "no such app",
          "there isn't a github pages site here",
          '"message":"application not found"',
          "404 web site not found",
          "site not found · ",
          "fastly error: unknown domain",
        )) &&
      look.status >= 400 &&
      "certain",
    meaning: (look) => `The platform has no application under this host name (${look.status}).`,
    nextStep:
      "Check the host in the URL, and that the application was deployed and the domain belongs to it.",
    seen: [
      "Heroku, Vercel, Render, Railway, GitHub Pages, Azure, Fastly: 404 in their words (their documentation)",
    ],
  },
  {
    code: "deployment_stopped",
    fits: (look) =>
      /DEPLOYMENT_(?:DISABLED|PAUSED|BLOCKED)/.test(vercelError(look)) ||
      look.header("x-render-routing").startsWith("suspend") ||
      look.says(
        "this web app is stopped",
        "service has been suspended",
        "account suspended",
        "site is suspended",
      )
        ? "certain"
        : look.isStatus(402) && "likely",
    meaning: (look) => `The platform has stopped or suspended the application (${look.status}).`,
    nextStep: "Start it again there; a bill or a limit of the plan may be why.",
    tellApart: "The application's log has nothing of it.",
    seen: [
      "Vercel: 402 DEPLOYMENT_DISABLED",
      "Azure: 403 This web app is stopped",
      "Render: 503 suspended (their documentation)",
    ],
  },
  {
    code: "function_timed_out",
    fits: (look) =>
      (/FUNCTION_INVOCATION_TIMEOUT/.test(vercelError(look)) ||
        look.says("task timed out after", "function timed out")) &&
      look.status >= 500 &&
      "certain",
    meaning: (look) => `The platform ended your function because it took too long (${look.status}).`,
    nextStep: "Answer 200 first and do the work afterwards, in a queue.",
    seen: ["Vercel: 504 FUNCTION_INVOCATION_TIMEOUT", "Netlify: Task timed out after (their documentation)"],
  },
  {
    code: "function_failed",
    fits: (look) =>
      (/FUNCTION_INVOCATION_FAILED|NO_RESPONSE_FROM_FUNCTION/.test(vercelError(look)) ||
        (look.isStatus(500, 502) &&
          (look.has("apigw-requestid") || look.has("x-amzn-requestid") || look.has("x-amzn-errortype"))) ||
        look.says("<title>application error</title>", "herokucdn.com/error-pages")) &&
      look.status >= 500 &&
      look.evidence.durationMs < 29_000 &&
      "certain",
    meaning: (look) =>
      `Your application or function failed, or did not answer in a form that its platform takes (${look.status}).`,
    nextStep: "Look at its log on the platform for the time of the attempt.",
    seen: [
      "Vercel: 500 FUNCTION_INVOCATION_FAILED",
      "Heroku: 503 Application error",
      "AWS Lambda behind API Gateway: 500, 502 Internal server error (their documentation)",
    ],
  },
  {
    code: "platform_has_no_instance",
    fits: (look) =>
      (look.text.trim() === "rate exceeded." ||
        look.says("no available instance", "function_throttled") ||
        /FUNCTION_THROTTLED/.test(vercelError(look))) &&
      look.status >= 400 &&
      "certain",
    meaning: (look) =>
      `The platform had no free instance of your application for the request (${look.status}).`,
    nextStep:
      "Raise the number of instances or how many requests each takes. Nothing is lost, it is tried again.",
    seen: ["Google Cloud Run: 429 Rate exceeded", "Vercel: 503 FUNCTION_THROTTLED (their documentation)"],
  },
  {
    code: "gateway_forbids",
    fits: (look) =>
      look.isStatus(403) &&
      /^\{"message":\s*"forbidden"\}$/.test(look.text.trim()) &&
      (look.has("x-amzn-requestid") || look.has("x-amzn-errortype") || look.has("apigw-requestid")) &&
      "certain",
    meaning:
      "Amazon API Gateway or the Lambda URL refuses us (403): it wants an API key or IAM, or a policy keeps us out.",
    nextStep:
      "Take the API key and IAM off this route (for a Lambda URL: auth type NONE), and check the signature instead.",
    seen: ["Amazon API Gateway, Lambda URLs: 403 Forbidden (their documentation)"],
  },
];

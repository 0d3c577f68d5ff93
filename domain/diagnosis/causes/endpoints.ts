import type { Cause, Fit } from "../cause";
import type { Look } from "../look";

/** Addresses of something else than a webhook's receiver. */
export const endpoints: Cause[] = [
  {
    code: "chat_webhook",
    fits: (look) => chatOf(look) !== null && look.status >= 400 && "certain",
    meaning: (look) =>
      `This is an address of ${chatOf(look)} for messages in a format of its own: it cannot read events.`,
    nextStep: "Put a small handler in between that verifies the event and writes such a message.",
    seen: [
      "Slack: 400 invalid_payload, no_text",
      "Discord: 400 Cannot send an empty message",
      "Microsoft Teams, Google Chat, Telegram (their documentation)",
    ],
  },
  {
    code: "websocket_endpoint",
    fits: webSocket,
    meaning: (look) => `A WebSocket server answered (${look.status}): this is no address for webhooks.`,
    nextStep: "Use the URL of an HTTP route that takes POST.",
    tellApart: "The answer asks to upgrade, and names no other protocol.",
    seen: ["ws 8.23: 426 Upgrade Required", "Socket.IO: 400 Transport unknown (its documentation)"],
  },
  {
    code: "upgrade_wanted",
    fits: (look) =>
      look.isStatus(426) &&
      look.header("upgrade") !== "" &&
      !look.header("upgrade").toLowerCase().includes("websocket") &&
      "certain",
    meaning: (look) =>
      `Your endpoint wants another protocol than HTTP/1.1 (426, Upgrade: ${look.header("upgrade").slice(0, 40)}).`,
    nextStep: "Let it take HTTP/1.1 over TLS on this path.",
    seen: ["RFC 9110, 426 with Upgrade"],
  },
  {
    code: "graphql_endpoint",
    fits: (look) =>
      look.isStatus(400, 405, 415, 422) &&
      (/must provide (?:a )?query|missing query|post body missing|graphql/.test(look.text) && !look.isPage
        ? "certain"
        : false),
    meaning: (look) => `A GraphQL endpoint answered (${look.status}): it wants a query, and no event.`,
    nextStep: "Use the URL of a route for webhooks.",
    seen: ["graphql-http 1.23: 400 Missing query", "Apollo Server: 400 (its documentation)"],
  },
  {
    code: "grpc_endpoint",
    fits: (look) =>
      (look.has("grpc-status") ||
        /application\/grpc/.test(look.header("content-type")) ||
        (look.isStatus(415) && look.says("grpc"))) &&
      "certain",
    meaning: (look) => `A gRPC server answered (${look.status}): it does not speak plain HTTP and JSON.`,
    nextStep: "Use the URL of an HTTP route, or put a gateway for JSON in between.",
    seen: ["gRPC over HTTP/2: grpc-status (its documentation)"],
  },
  {
    code: "soap_endpoint",
    fits: (look) =>
      /<(?:\w{1,20}:)?(?:envelope|fault)[\s>]/.test(look.text) && look.says("soap") && "certain",
    meaning: (look) => `A SOAP service answered (${look.status}): it wants XML.`,
    nextStep: "Use the URL of a route that takes JSON.",
    seen: ["SOAP 1.1 and 1.2: a Fault"],
  },
  {
    code: "object_storage",
    fits: (look) =>
      look.status >= 400 &&
      !look.says("not allowed against this resource") &&
      (look.server === "amazons3" || look.server.startsWith("minio") || look.has("x-amz-request-id")) &&
      look.says("<error>", "<code>") &&
      "certain",
    meaning: (look) => `An object store answered (${look.status}): it keeps files, and handles no events.`,
    nextStep: "Use the URL of your application.",
    seen: ["Amazon S3, MinIO: <Error><Code>… (their documentation)"],
  },
];

const chatHosts: [string, RegExp][] = [
  ["Slack", /^hooks\.slack\.com$/],
  ["Discord", /^(?:\w{1,20}\.)?discord(?:app)?\.com$/],
  ["Microsoft Teams", /\.webhook\.office\.com$|^outlook\.office\.com$/],
  ["Google Chat", /^chat\.googleapis\.com$/],
  ["Telegram", /^api\.telegram\.org$/],
];

function chatOf(look: Look): string | null {
  const byHost = chatHosts.find(([, host]) => host.test(look.host))?.[0];
  if (byHost !== undefined) return byHost;
  if (
    /^(?:invalid_payload|no_text|missing_text_or_fallback_or_attachments|no_service|invalid_token)$/.test(
      look.text.trim(),
    )
  )
    return "Slack";
  return look.says("cannot send an empty message") ? "Discord" : null;
}

function webSocket(look: Look): Fit | false {
  if (!look.isStatus(400, 426)) return false;
  if (look.header("upgrade").toLowerCase().includes("websocket") || look.has("sec-websocket-version"))
    return "certain";
  if (/websocket|transport unknown/.test(look.text)) return "certain";
  return look.isStatus(426) && !look.has("upgrade") && "likely";
}

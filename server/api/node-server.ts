import type { IncomingMessage } from "node:http";
import { handleAuth } from "@/server/auth/handle";
import { type NodeHandler, send, toCall } from "@/server/http/node-call";
import { answerWith } from "@/server/http/node-web";
import { handleExport } from "./export/handle";
import { handleAuditExport } from "./export/handle-audit";
import { answerExportKey } from "./operator/export-key";
import { answerHealth, answerReadiness } from "./operator/health";
import { answerMetrics } from "./operator/metrics";
import { answerOpenApi } from "./operator/openapi";
import { answerRest, answerTried } from "./rest/handle";
import { routes } from "./rest/routes";
import { handleTrpc } from "./trpc-http/handle";

const sendRest: NodeHandler = async (incoming, outgoing) =>
  send(await answerRest(toCall(incoming, outgoing)), outgoing);

const sendTried: NodeHandler = async (incoming, outgoing) =>
  send(await answerTried(toCall(incoming, outgoing)), outgoing);

const sendTrpc = answerWith(handleTrpc);
const sendExport = answerWith(handleExport);
const sendAuditExport = answerWith(handleAuditExport);
const sendAuth = answerWith(handleAuth);
/** The protocol's package is large: it is loaded by who has agents. */
const sendMcp = answerWith(async (request) => (await import("./mcp/handle")).handleMcp(request));

const restRoots = new Set(routes.map(({ path }) => path.split("/")[1] ?? ""));

/** What machines look at. */
const operatorHandlers = new Map<string, NodeHandler>([
  ["/healthz", answerWith(answerHealth)],
  ["/readyz", answerWith(answerReadiness)],
  ["/metrics", answerWith(answerMetrics)],
  ["/openapi.json", answerWith(answerOpenApi)],
  ["/export-key", answerWith(answerExportKey)],
]);

/** What answers a request for the API as the routes in app/ do; null for every other request. */
export function apiHandler({ url = "" }: IncomingMessage): NodeHandler | null {
  const [, root = "", next] = url.split(/[/?]/, 3);
  if (restRoots.has(root)) return sendRest;
  if (root === "mcp") return sendMcp;
  if (root === "export") return next === "audit" ? sendAuditExport : sendExport;
  if (root !== "api") return null;
  return next === "trpc" ? sendTrpc : next === "try" ? sendTried : null;
}

/** The same for what is neither of the API nor a page: signing in, and what operators look at. */
export function serviceHandler({ url = "" }: IncomingMessage): NodeHandler | null {
  const path = url.split("?", 1)[0] ?? "";
  return path.startsWith("/api/auth/") ? sendAuth : (operatorHandlers.get(path) ?? null);
}

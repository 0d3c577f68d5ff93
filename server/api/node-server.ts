import type { IncomingMessage, ServerResponse } from "node:http";
import { send, toCall } from "@/server/http/node-call";
import { answerRest } from "./rest/handle";
import { routes } from "./rest/routes";
import { sendTrpc } from "./trpc-http/node-server";

type Handler = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>;

const restRoots = new Set(routes.map(({ path }) => path.split("/")[1] ?? ""));

/** What answers a request for the API as the routes in app/ do; null for every other request. */
export function apiHandler({ url = "" }: IncomingMessage): Handler | null {
  const [, root = "", next] = url.split(/[/?]/, 3);
  if (restRoots.has(root)) return sendRest;
  return root === "api" && next === "trpc" ? sendTrpc : null;
}

const sendRest: Handler = async (incoming, outgoing) =>
  send(await answerRest(toCall(incoming, outgoing)), outgoing);

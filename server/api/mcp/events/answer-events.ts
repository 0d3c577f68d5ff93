import { CLIENT_INFO_META_KEY, type McpServer, type ServerCapabilities } from "@modelcontextprotocol/server";
import { z } from "zod";
import { capability, methods } from "@/domain/agent/protocol";
import type { Agent } from "./agent";
import { toProtocolError } from "./errors";
import { listEvents } from "./list";
import { subscribe } from "./subscribe";
import { unsubscribe } from "./unsubscribe";

/** That a server has events, as both the sketch and the proposal say it: each client knows one of them. */
export const eventCapabilities = {
  [capability.ofSketch]: {},
  extensions: { [capability.ofProposal]: {} },
} as ServerCapabilities;

type Answer = Record<string, unknown>;
type Method = (agent: Agent, params: unknown) => Answer | Promise<Answer>;

/** Adds the methods of MCP Events to a server. */
export function answerEvents({ server }: McpServer, asking: Omit<Agent, "client">): void {
  answer(methods.list, (_agent, params) => listEvents(params));
  answer(methods.subscribe, subscribe);
  answer(methods.unsubscribe, unsubscribe);

  function answer(method: string, run: Method) {
    server.setRequestHandler(method, { params: anything }, async (params, { mcpReq }) => {
      try {
        const client = clientNamed(mcpReq.envelope);
        return await run({ ...asking, client }, params);
      } catch (error) {
        throw toProtocolError(error, asking.context);
      }
    });
  }
}

/** Each method checks what it is sent itself, to say which field is wrong. */
const anything = z.record(z.string(), z.unknown());

/** Of clients of the protocol before, which say it in a message of its own, nothing is known here. */
function clientNamed(envelope: Record<string, unknown> = {}): string | null {
  const { data } = clientInfo.safeParse(envelope[CLIENT_INFO_META_KEY]);
  const name = (data?.title ?? data?.name ?? "").slice(0, 100).replace(noName, "").trim();
  return name === "" ? null : name;
}

/** What is no part of a name: control and invisible characters, which may turn the words around it, and half ones. */
const noName = /[\p{Cc}\p{Cf}\p{Surrogate}]/gu;

const clientInfo = z.object({ name: z.string(), title: z.string().optional() });

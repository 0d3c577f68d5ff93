import type { CallToolResult } from "@modelcontextprotocol/server";
import type { z } from "zod";
import { fault } from "@/domain/errors";
import { logFault } from "@/server/http/answer";
import type { Context } from "../context";
import { refusalOf } from "../failure";
import type { createCaller } from "../router";
import type { Links } from "./links";

/** What tools ask, as the caller that their key is, and where people see what they answer. */
export type Toolbox = { api: ReturnType<typeof createCaller>; links: Links };

/** What an agent may do, in one call. */
export type Tool<Input extends z.ZodObject = z.ZodObject> = {
  name: string;
  title: string;
  /** For the model that chooses between tools: when to use it, and what it does. */
  description: string;
  input: Input;
  /** Tools that change anything are only offered to keys that may. */
  isReadOnly: boolean;
  /** Whether doing it twice comes to the same; what only reads does. */
  isIdempotent?: boolean;
  /** Answers an object of JSON, short enough to be read by a model. Throws as procedures do. */
  run(toolbox: Toolbox, asked: z.output<Input>): Promise<Record<string, unknown>>;
};

/**
 * Keeps the types of a tool's input together while it is written, and forgets them in a list of tools. What an input does
 * not know is refused: a misspelt filter would widen it.
 */
export const tool = <Input extends z.ZodObject>(made: Tool<Input>): Tool =>
  ({ ...made, input: made.input.strict() }) as unknown as Tool;

/**
 * What a tool answers, as structured content and as the same in text. A refusal is an answer too, with what to do about
 * it, because the model is to read it.
 */
export async function callTool(
  run: () => Promise<Record<string, unknown>>,
  { requestId, runtime }: Context,
): Promise<CallToolResult> {
  try {
    const answer = await run();
    return { content: [{ type: "text", text: JSON.stringify(answer) }], structuredContent: answer };
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) logFault(error, { requestId, log: runtime.log });
    const { message, code, errors } = refusal ?? fault(requestId);
    return {
      content: [{ type: "text", text: JSON.stringify({ error: message, code, errors }) }],
      isError: true,
    };
  }
}

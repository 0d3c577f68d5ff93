import type { Agent, FanfareClient } from "./fanfare";

/** Whether an agent's subscription is named, by its id or how that begins. No webhook is called so. */
export const isAgentId = (named: string) => named.startsWith("sub_");

/** The agent whose subscription's id begins so. Throws a sentence when that is none or several. */
export async function findAgent(client: FanfareClient, named: string, signal: AbortSignal): Promise<Agent> {
  const found = (await client.agents.list(undefined, { signal })).filter(({ id }) => id.startsWith(named));
  const [agent] = found;
  if (!agent)
    throw new Error(
      `No agent is subscribed as ${named}: it ended, or there was none. The dashboard's Agents page lists them, as GET /agents does.`,
    );
  if (found.length > 1)
    throw new Error(`${found.length} agents are meant by ${named}. Write more of the id.`);
  return agent;
}

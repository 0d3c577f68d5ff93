/** More than this no agent takes, by the protocol. */
export const maxBodyBytes = 262_144;

/**
 * The body of an event as MCP Events has it. `occurredAt` is epoch milliseconds; `dataJson` what `agentData` makes. It has
 * no `type` at its top, by which control bodies are told, and no cursor: one body goes to all of an audience, and what each
 * of these has yet to get, an open breaker may hold for hours. Where to go on from, a subscription's refresh tells.
 */
export function agentBody(event: { id: string; name: string; occurredAt: number; dataJson: string }): string {
  const { id, name, occurredAt, dataJson } = event;
  const timestamp = new Date(occurredAt).toISOString();
  return `{"eventId":${JSON.stringify(id)},"name":${JSON.stringify(name)},"timestamp":"${timestamp}","data":${dataJson},"cursor":null}`;
}

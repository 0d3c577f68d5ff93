/** More than this no agent takes, by the protocol. */
export const maxBodyBytes = 262_144;

/**
 * The body of an event as MCP Events has it. `occurredAt` is epoch milliseconds; `dataJson` what `agentData` makes. It has
 * no `type` at its top, by which control bodies are told.
 */
export function agentBody(event: { id: string; name: string; occurredAt: number; dataJson: string }): string {
  const timestamp = new Date(event.occurredAt).toISOString();
  return `{"eventId":${JSON.stringify(event.id)},"name":${JSON.stringify(event.name)},"timestamp":"${timestamp}","data":${event.dataJson},"cursor":null}`;
}

/** More than this no agent takes, by the protocol. */
export const maxBodyBytes = 262_144;

/**
 * The body of an event as MCP Events has it. `occurredAt` is epoch milliseconds; `dataJson` what `agentData` makes;
 * `cursor` where to go on from once its subscription is over. It has no `type` at its top, by which control bodies are told.
 */
export function agentBody(event: {
  id: string;
  name: string;
  occurredAt: number;
  dataJson: string;
  cursor: string;
}): string {
  const { id, name, occurredAt, dataJson, cursor } = event;
  const timestamp = new Date(occurredAt).toISOString();
  return `{"eventId":${JSON.stringify(id)},"name":${JSON.stringify(name)},"timestamp":"${timestamp}","data":${dataJson},"cursor":${JSON.stringify(cursor)}}`;
}

/**
 * The exact text of an event's body: made once, stored once, signed and sent as it is.
 * `dataJson` is the JSON text of the event's data.
 */
export function eventBody(event: { id: string; type: string; createdAt: number; dataJson: string }): string {
  const createdAt = new Date(event.createdAt).toISOString();
  return `{"id":${JSON.stringify(event.id)},"type":${JSON.stringify(event.type)},"created_at":"${createdAt}","data":${event.dataJson}}`;
}

/** The JSON text of the data in the body that was made of an event. */
export function dataJsonIn(body: string, event: { id: string; type: string; createdAt: number }): string {
  return body.slice(eventBody({ ...event, dataJson: "" }).length - 1, -1);
}

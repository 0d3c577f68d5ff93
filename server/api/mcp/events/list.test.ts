import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { agentData, details } from "@/domain/agent/event-data";
import { eventTypes } from "@/domain/event/catalogue";
import { type Api, openApi } from "../../api.fixture";
import { bearer, connect, connectAiSdk } from "../clients.fixture";
import { offeredEvents } from "./offered";

let api: Api;
let key: string;
beforeEach(async () => {
  api = await openApi();
  ({ key } = await api.newCustomer());
});
afterEach(() => api.close());

const listed = z.looseObject({
  events: z.array(
    z.looseObject({ name: z.string(), delivery: z.array(z.string()), inputSchema: z.looseObject({}) }),
  ),
});

test.each(["auto", "legacy"] as const)(
  "the official client sees events by both spellings, and lists those of the catalogue (%s)",
  async (mode) => {
    const client = await connect(bearer(key), mode);
    expect(client.getServerCapabilities()?.extensions).toHaveProperty(["io.modelcontextprotocol/events"]);
    const { events } = await client.request({ method: "events/list", params: {} }, listed);
    expect(events.map(({ name }) => name)).toEqual(eventTypes.map(({ type }) => type));
    expect(events[0]).toMatchObject({
      delivery: ["webhook"],
      inputSchema: { type: "object", additionalProperties: false },
    });
  },
);

test("the client of the AI SDK takes the list as it checks one", async () => {
  const client = await connectAiSdk(bearer(key));
  const { events, nextCursor } = await client.experimental_events.list();
  expect(events).toHaveLength(eventTypes.length);
  expect(nextCursor).toBeUndefined();
  await client.close();
});

test("a cursor leads nowhere, and is refused with its field", async () => {
  const client = await connect(bearer(key));
  const refused = client.request({ method: "events/list", params: { cursor: "2" } }, listed);
  await expect(refused).rejects.toMatchObject({ code: -32602, data: { field: "cursor" } });
});

test.each(offeredEvents())("what is sent of $entry.type fits the schema of its payload", (offered) => {
  const { entry, definition } = offered;
  const schema = z.fromJSONSchema(definition.payloadSchema);
  for (const detail of details) {
    const event = {
      dataJson: JSON.stringify(entry.sample),
      link: "https://hooks.example/dashboard/events/e",
    };
    expect(schema.safeParse(JSON.parse(agentData(entry, event, detail))).error).toBeUndefined();
  }
  expect(schema.safeParse({ something: "new" }).error).toBeUndefined();
});

test("the schemas say which case may be asked for, and that names come only when asked for", () => {
  const { inputSchema } = offeredEvents()[0]?.definition ?? {};
  expect(inputSchema?.properties).toMatchObject({
    case_id: { description: expect.stringContaining("case") },
    include: { default: "ids", description: expect.stringContaining("birth dates") },
  });
});

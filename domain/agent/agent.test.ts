import { expect, test } from "vitest";
import { z } from "zod";
import { eventTypes, findEventType } from "../event/catalogue";
import type { EventType } from "../event/event-type";
import { audienceIds, customerOfAudience } from "./audience";
import { cursorBehind, cursorOf, placeIn } from "./cursor";
import { argumentsSchema } from "./event-arguments";
import { agentBody, maxBodyBytes } from "./event-body";
import { agentData } from "./event-data";
import { fanOutToAgents } from "./fan-out";
import { plainFields } from "./plain-fields";
import { subscriptionId } from "./subscription-id";
import { termOf } from "./terms";
import { conditionsOf } from "./wanted";

const entry = (type: string) => findEventType(type) as EventType;
const minute = 60_000;

test("ids, states, counts and times are plain, and nothing that people wrote is", () => {
  expect(plainFields(entry("cdd_state_changed")).map(({ name }) => name)).toEqual([
    "cdd_id",
    "state",
    "changed_at",
    "subject_id",
    "subject_kind",
    "risk_level",
    "case_id",
    "customer_reference",
  ]);
});

test("of a screening, neither the name nor the birth date is sent unasked", () => {
  const search = entry("search_completed");
  const event = { dataJson: JSON.stringify(search.sample), link: "https://hooks.example/x" };
  const { search_id, hit_count, completed_at } = search.sample;
  expect(JSON.parse(agentData(search, event, "ids"))).toEqual({
    search_id,
    hit_count,
    completed_at,
    link: event.link,
  });
  expect(agentData(search, event, "full")).toBe(event.dataJson);
});

test.each(eventTypes)("no name, birth date, message or e-mail of $type's sample is sent unasked", (type) => {
  const sent = agentData(type, { dataJson: JSON.stringify(type.sample), link: "" }, "ids");
  expect(sent).not.toMatch(/Northwind|Amelia|1984|@|The |pdf/);
  expect(sent).toContain(Object.values(type.sample)[0]);
});

test("what is not of the catalogue's kind is left out", () => {
  const cdd = entry("cdd_state_changed");
  const data = { cdd_id: "c", subject: "Ada Lovelace", state: { was: "Ada" }, extra_id: "x" };
  const sent = agentData(cdd, { dataJson: JSON.stringify(data), link: "l" }, "ids");
  expect(JSON.parse(sent)).toEqual({ cdd_id: "c", link: "l" });
});

test("arguments are a value or a list, the least of a count, and nothing that is not declared", () => {
  const schema = argumentsSchema(entry("search_completed"));
  expect(schema.parse({ search_id: ["a", "b"], min_hit_count: 1 })).toEqual({
    search_id: ["a", "b"],
    min_hit_count: 1,
    include: "ids",
  });
  expect(schema.safeParse({ name: "Ada" }).error?.issues[0]).toMatchObject({ code: "unrecognized_keys" });
  expect(argumentsSchema(entry("alert_remediated")).safeParse({ outcome: "maybe" }).success).toBe(false);
});

test.each(eventTypes)("the arguments of $type are a JSON Schema that is closed", (type) => {
  const schema = z.toJSONSchema(argumentsSchema(type), { io: "input" });
  expect(schema).toMatchObject({ type: "object", additionalProperties: false });
  expect(schema.required).toBeUndefined();
});

test("a body is what agents' receivers check it for", () => {
  const body = JSON.parse(
    agentBody({ id: "e-1", name: "search_completed", occurredAt: 0, dataJson: '{"a":1}', cursor: "c" }),
  );
  expect(body).toEqual({
    eventId: "e-1",
    name: "search_completed",
    timestamp: "1970-01-01T00:00:00.000Z",
    data: { a: 1 },
    cursor: "c",
  });
});

test("a subscription is the same whatever the order of its arguments, and another for anything else", () => {
  const identity = { principal: "k", url: "https://a.example/", name: "n", arguments: { a: ["x"], b: 1 } };
  const id = subscriptionId(identity);
  expect(id).toMatch(/^sub_[0-9a-f]{32}$/);
  expect(subscriptionId({ ...identity, arguments: { b: 1, a: ["x"] } })).toBe(id);
  const others = [
    { ...identity, principal: "l" },
    { ...identity, url: "https://a.example/?q" },
    { ...identity, name: "m" },
    { ...identity, arguments: { a: ["x"], b: 2 } },
  ];
  expect(new Set([id, ...others.map(subscriptionId)]).size).toBe(5);
});

test.each([
  [undefined, 60 * minute],
  [null, 24 * 60 * minute],
  [1, 5 * minute],
  [30 * minute, 30 * minute],
  [1e12, 24 * 60 * minute],
])("of %s milliseconds asked for, %i are granted", (asked, granted) => {
  expect(termOf(asked)).toBe(granted);
});

const search = entry("search_completed");

test("arguments are asked of the content as a filter asks it, and nothing is asked by include alone", () => {
  expect(conditionsOf(search, { search_id: ["a", "b"], min_hit_count: 1, include: "full" })).toEqual({
    search_completed: {
      op: "and",
      conditions: [
        { op: "in", path: "search_id", values: ["a", "b"] },
        { op: "at_least", path: "hit_count", value: 1 },
      ],
    },
  });
  expect(conditionsOf(search, { include: "full" })).toBeNull();
});

test("a case that the platform names in any type can be asked for, and is sent", () => {
  const fetched = entry("cdd_document_fetched");
  const wants = { key: 1, isActive: true, events: [fetched.type] };
  const dataJson = JSON.stringify({ ...fetched.sample, case_id: "C-41" });
  const fanned = fanOutToAgents(fetched, { ...accepted, dataJson }, "ids", [
    { ...wants, conditions: conditionsOf(fetched, { case_id: "C-41" }) },
    { ...wants, key: 2, conditions: conditionsOf(fetched, { case_id: "C-42" }) },
  ]);
  expect(fanned?.targets).toEqual([1]);
  expect(fanned?.skipped).toEqual([[2, "filtered", "data.case_id is C-41, asked for C-42"]]);
  expect(JSON.parse(fanned?.payload ?? "").data.case_id).toBe("C-41");
});

test("a cursor is read again as the place it was made of, and nothing else is one", () => {
  const place = { key: 12, at: 1_800_000_000_000 };
  expect(placeIn(cursorOf(place))).toEqual(place);
  for (const wrong of ["", "12", cursorOf(place).slice(2), "Mi4xLjE"]) expect(placeIn(wrong)).toBeNull();
});

test("an event's cursor is behind all that is still on its way, and behind what is not seen yet", () => {
  const now = 1_800_000_000_000;
  expect(placeIn(cursorBehind(null, now))).toEqual({ key: 0, at: now - minute });
  expect(placeIn(cursorBehind(now - 90 * minute, now))).toEqual({ key: 0, at: now - 91 * minute });
});

const accepted = {
  id: "e-1",
  dataJson: JSON.stringify(search.sample),
  createdAt: 1_800_000_000_000,
  link: "l",
  cursor: "c",
};
const subscribed = (key: number, search_id: string) => ({
  key,
  isActive: true,
  events: ["search_completed"],
  conditions: conditionsOf(search, { search_id }),
});

test("an event goes to the agents whose arguments it fits, and is told of the others", () => {
  const { search_id } = search.sample as { search_id: string };
  const fanned = fanOutToAgents(search, accepted, "ids", [subscribed(1, search_id), subscribed(2, "other")]);
  expect(fanned?.targets).toEqual([1]);
  expect(fanned?.skipped).toEqual([[2, "filtered", `data.search_id is "${search_id}", asked for other`]]);
  const body = JSON.parse(fanned?.payload ?? "");
  expect(body).toMatchObject({ eventId: "e-1", name: "search_completed", data: { search_id, link: "l" } });
});

test("nothing is written for an audience of which nobody asks for the type", () => {
  const other = { ...subscribed(1, "x"), events: ["cdd_state_changed"] };
  expect(fanOutToAgents(search, accepted, "ids", [other])).toBeNull();
});

test("what is larger than agents take goes to none, and is told", () => {
  const dataJson = JSON.stringify({ ...search.sample, note: "x".repeat(maxBodyBytes) });
  const all = { ...subscribed(1, ""), conditions: null };
  const fanned = fanOutToAgents(search, { ...accepted, dataJson }, "full", [all]);
  expect(fanned?.targets).toEqual([]);
  expect(fanned?.skipped[0]?.[2]).toContain("262144 at most");
});

test("an audience's id says whose it is, also of a customer whose id has colons", () => {
  for (const id of audienceIds("urn:bank:7")) expect(customerOfAudience(id)).toBe("urn:bank:7");
});

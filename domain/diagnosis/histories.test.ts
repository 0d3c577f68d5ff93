import { describe, expect, test } from "vitest";
import { diagnose } from "./diagnose";
import type { Evidence, OtherDelivery } from "./evidence";
import { answered } from "./evidence.fixture";

const other = (change: Partial<OtherDelivery> = {}): OtherDelivery => ({
  eventType: "search_completed",
  isDelivered: true,
  statusCode: 200,
  sentBytes: 1_000,
  data: { state: "done" },
  attemptCount: 1,
  ...change,
});
const failing = (change: Partial<OtherDelivery> = {}) =>
  other({ isDelivered: false, statusCode: 500, ...change });
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));
const among = (others: OtherDelivery[], change: Partial<Evidence> = {}) =>
  answered(500, {}, "", { history: { earlier: [], others }, data: { state: "done" }, ...change });
const codes = (evidence: Evidence) => diagnose(evidence).causes.map(({ code }) => code);

describe("one event type", () => {
  const flow = { eventType: "flow_run_failed" };
  const deliveredOthers = times(4, () => other());

  test("that alone fails is named", () => {
    const { code, meaning } = diagnose(among([failing(flow), ...deliveredOthers, failing(flow)], flow));
    expect([code, meaning]).toEqual([
      "one_event_type",
      expect.stringContaining("Only flow_run_failed fails"),
    ]);
  });

  test.each<[string, OtherDelivery[]]>([
    ["one of its deliveries arrived", [failing(flow), other(flow), ...deliveredOthers, failing(flow)]],
    ["another type fails too", [failing(flow), failing(), ...deliveredOthers, failing(flow)]],
    ["too few failed", [...deliveredOthers, failing(flow)]],
    ["all that is newer fails", [...times(3, () => failing(flow)), ...times(6, () => other())]],
    ["too few of others arrived", [failing(flow), other(), failing(flow)]],
  ])("is not, when %s", (_, others) => {
    expect(codes(among(others, flow))).not.toContain("one_event_type");
  });

  test("is not what keeps somebody out who is not let in", () => {
    const others = [failing(flow), ...deliveredOthers, failing(flow)];
    const refused = answered(401, {}, "", { history: { earlier: [], others }, ...flow });
    expect(codes(refused)).not.toContain("one_event_type");
  });
});

describe("one value", () => {
  const bad = { data: { case: { risk: null }, id: 7 } };
  const good = (id: number) => other({ data: { case: { risk: "low" }, id } });

  test("that all which fails has, and nothing else of the type, is named", () => {
    const others = [...times(3, good), ...times(2, (id) => failing({ data: { case: { risk: null }, id } }))];
    const { code, meaning } = diagnose(among(others, bad));
    expect([code, meaning]).toEqual(["one_value", expect.stringContaining("data.case.risk = null")]);
  });

  test("is not named when all that is newer fails", () => {
    const outage = [...times(2, (id) => failing({ data: { case: { risk: null }, id } })), ...times(3, good)];
    expect(codes(among(outage, bad))).not.toContain("one_value");
  });

  test("is not named when one with it arrived", () => {
    const others = [
      ...times(3, good),
      ...times(2, (id) => failing({ data: { case: { risk: null }, id } })),
      other({ data: { case: { risk: null }, id: 9 } }),
    ];
    expect(codes(among(others, bad))).not.toContain("one_value");
  });
});

describe("large bodies", () => {
  const large = { sentBytes: 200_000 };
  const others = [failing(large), ...times(4, () => other()), failing(large)];

  test("are not named when all that is newer fails", () => {
    const outage = [...times(2, () => failing(large)), ...times(4, () => other())];
    expect(codes(among(outage, large))).not.toContain("only_large_bodies");
  });

  test("come after what a proxy says that could not reach the application", () => {
    const refused = answered(502, {}, "", { history: { earlier: [], others }, ...large });
    expect(codes(refused).at(0)).toBe("application_unreachable");
  });

  test("that alone fail are named, whatever the answer was", () => {
    expect(codes(among(others, large))[0]).toBe("only_large_bodies");
    const refused = answered(502, {}, "", { history: { earlier: [], others }, ...large });
    expect(codes(refused)).toContain("only_large_bodies");
  });

  test("are not named when one as large arrived", () => {
    expect(codes(among([...others, other(large)], large))).not.toContain("only_large_bodies");
  });
});

test("first attempts that fail where second ones succeed are told as what has to wake up", () => {
  const others = times(5, () => other({ attemptCount: 2 }));
  expect(codes(among(others))[0]).toBe("first_attempts_fail");
  expect(codes(among(times(5, () => other())))).not.toContain("first_attempts_fail");
});

test("an endpoint of which half of the attempts fail may be several, of which one is broken", () => {
  const mixed = [...times(6, () => other()), ...times(6, () => failing())];
  expect(codes(among(mixed))).toContain("one_server_of_several");
  expect(codes(among(times(12, () => failing())))).not.toContain("one_server_of_several");
});

import { describe, expect, test } from "vitest";
import { describeStore } from "../contract/store.contract";
import { databaseWithHistory } from "./history.kit";
import { type Exception, planRules, unindexedForeignKeys } from "./plan-rules.kit";
import { watchedStores } from "./statements.kit";

/** What reads or sorts more than a look-up, and what keeps it small. */
const exceptions: Exception[] = [
  {
    statement: /^select .* from "workers"$/,
    step: /^SCAN workers$/,
    because: "there are a few worker processes",
  },
  {
    statement: /sqlite_master|__drizzle_migrations/,
    step: /^SCAN/,
    because: "there are a few tables and migrations",
  },
  {
    statement: /^select .* from "customers" where \(+"customers"."deleted_at" is null and .* order by/,
    step: /^SCAN customers$/,
    because: "the platform asked for all its customers",
  },
  {
    statement: /\(select e.created_at from events e where/,
    step: /^SEARCH e USING COVERING INDEX events_of_customer \(customer_key=\?\)$/,
    because: "it takes the last of an index, for each customer of one page",
  },
  {
    statement: /^select .* from "customers" cross join "events" where/,
    step: /^SCAN customers$/,
    because: "an operator looks for one event of any customer, which is one look in an index for each",
  },
  {
    statement: /^select sum\(json_extract.* from "rollups" where/,
    step: /^SEARCH rollups USING INDEX rollups_age \(step=\? AND start=\?\)$/,
    because: "an operator looks at one hour, which has at most one row a webhook",
  },
  {
    statement:
      /^select (count|sum)\(.*\) from "(customers|webhooks|webhook_queue)" where|^select sum\("pending"\)/,
    step: /^SCAN/,
    because: "metrics are asked for by one scraper, and grow with customers alone",
  },
  {
    statement: /^select .* from "customers" where .* order by "customers"."key" desc limit/,
    step: /^SEARCH customers USING INTEGER PRIMARY KEY/,
    because: "it takes one page of the platform's customers",
  },
  {
    statement: /^select "created_at" from "events" order by "events"."key" desc limit/,
    step: /^SCAN events$/,
    because: "a start looks at the newest events, by their keys",
  },
  {
    statement: /"webhooks"."key" > \? .*order by "webhooks"."key" asc limit/,
    step: /^SEARCH webhooks USING INTEGER PRIMARY KEY/,
    because: "a start and a rotation of keys go through the webhooks in small batches",
  },
  {
    statement: /from "events" .* where "events"."key" in \(/,
    step: /^USE TEMP B-TREE FOR ORDER BY$/,
    because: "it sorts one page, found by its keys",
  },
  {
    statement: /from \(select "events"."type"/,
    step: /^(SCAN newest|USE TEMP B-TREE FOR GROUP BY)$/,
    because: "it counts up to 20,000 events, found in an index",
  },
  {
    statement: /^select "counters" from "rollups" where .*"rollups"."start" <= \?/,
    step: /^SEARCH rollups USING INDEX/,
    because: "an incident is counted from a day of minutes or its hours, and no more once it has ended",
  },
  {
    statement: /^select count\(\*\), .* from \(select "key" from "events" .* limit \?\) "accepted"/,
    step: /^(SEARCH events USING COVERING INDEX events_of_customer|SCAN accepted)/,
    because: "it follows up to 10,000 events of an incident, found in an index",
  },
  {
    statement: /^select .* count\(\*\) from "events" cross join ("deliveries"|json_each)/,
    step: /^(SEARCH events USING (COVERING )?INDEX events_of_customer|SCAN json_each|USE TEMP B-TREE FOR GROUP BY)/,
    because: "it counts what became of the 5,000 events of one look, between two places of an index",
  },
  {
    statement: /from "members"/,
    step: /^USE TEMP B-TREE FOR ORDER BY$/,
    because: "it sorts the people of one customer",
  },
  {
    statement: /from "webhook_queue" where .* order by "webhook_queue"."turn" asc, .* limit/,
    step: /^USE TEMP B-TREE FOR ORDER BY$/,
    because: "it sorts webhooks that are ready, of which it keeps 256",
  },
  {
    statement: /group by "deliveries"."refusal"/,
    step: /^USE TEMP B-TREE FOR ORDER BY$/,
    because: "it keeps the ten largest groups of what is set aside",
  },
  {
    statement: /"deliveries"."is_test" = 1/,
    step: /^SCAN deliveries USING INDEX deliveries_tests$/,
    because: "it looks at the tests under way, up to five a customer",
  },
  {
    statement: /"deliveries"."signs_with" is not null limit/,
    step: /^SCAN deliveries USING INDEX deliveries_second$/,
    because: "it takes the first of an index of what is made again at once",
  },
  {
    statement: /"leased_by" (is not null|= \?)/,
    step: /^SCAN deliveries USING INDEX deliveries_leased$/,
    because: "it looks at what is in flight",
  },
  {
    statement: /from "recoveries" where "recoveries"."state" = 'running' limit/,
    step: /^SCAN recoveries USING COVERING INDEX recoveries_running$/,
    because: "it takes the first of an index of what runs",
  },
  {
    statement: /from "webhooks" where "webhooks"."is_cancelling" = 1 limit/,
    step: /^SCAN webhooks USING (COVERING )?INDEX webhooks_cancelling$/,
    because: "it takes the first of an index of what is being cancelled",
  },
  {
    statement: /^delete from .*"expires_at" <=? \?/,
    step: /_expiry \(expires_at<\?\)$/,
    because: "it removes all that it reads",
  },
  {
    statement: /^delete from "audit_log"/,
    step: /audit_log_age \(at<\?\)$/,
    because: "it takes 200 of those that are old enough",
  },
  {
    statement: /^delete from "marks"/,
    step: /marks_age \(at<\?\)$/,
    because: "it removes all that it reads, of which a customer makes at most 200 a day",
  },
  {
    statement: /^delete from "notices"/,
    step: /notices_age \(at<\?\)$/,
    because:
      "it removes all that it reads, of which there are two for each time that a webhook fails in earnest",
  },
  {
    statement: /from "notices" where "notices"."passed" is null order by "notices"."key" asc limit/,
    step: /^SCAN notices USING INDEX notices_waiting$/,
    because: "it takes the first of an index of what was not passed on yet",
  },
  {
    statement: /^delete from "webhook_creations"/,
    step: /webhook_creations_age \(created_at<\?\)$/,
    because: "it removes all that it reads",
  },
  {
    statement: /^delete from "webhooks"/,
    step: /\(webhook_key=\?\)$/,
    because: "it looks at deleted webhooks once a minute, and takes 20 whose history is gone",
  },
  {
    statement: /^delete from "rollups"/,
    step: /rollups_age \(step=\? AND start<\?\)$/,
    because: "it takes 1,000 of those that no chart shows",
  },
  {
    statement: /^select .* from "(deliveries|events)" where "\w+"."key" > \? order by "\w+"."key" asc limit/,
    step: /INTEGER PRIMARY KEY \(rowid>\?\)$/,
    because: "retention looks at 200 rows at a time",
  },
  {
    statement: /"events"."created_at" <= \?\) order by "events"."created_at" asc, "events"."key" asc limit/,
    step: /events_of_customer \(customer_key=\? AND created_at>\? AND created_at<\?\)$/,
    because: "a recovery and an export look at 500 events at a time",
  },
  {
    statement: /order by "events"."created_at" (asc|desc), "events"."key" (asc|desc) limit/,
    step: /^USE TEMP B-TREE FOR LAST TERM OF ORDER BY$/,
    because: "it sorts what was accepted within one millisecond",
  },
  {
    statement: /^select max\("created_at"\) from "events" where "events"."customer_key" = \?$/,
    step: /events_of_customer \(customer_key=\?\)$/,
    because: "it takes the last of an index",
  },
  {
    statement: /from "events" .* order by "events"."created_at" desc.* limit/,
    step: /events_of_customer \(customer_key=\?( AND created_at[<>]\?)*\)$/,
    because: "a page looks at 20,000 events at most",
  },
  {
    statement: /from "deliveries" .* order by "deliveries"."key" desc limit/,
    step: /deliveries_of_(customer|webhook) \(\w+=\?( AND rowid[<>]\?)*\)$/,
    because: "a page looks at 20,000 deliveries at most",
  },
  {
    statement: /order by "deliveries"."change" asc, "deliveries"."key" asc limit/,
    step: /deliveries_changed \(customer_key=\? AND change>\?\)$/,
    because: "it looks at what changed since",
  },
  {
    statement: /from "rollups"|"rollups"."start" >= \?/,
    step: /rollups_1 \(webhook_key=\? AND step=\? AND start>\?\)$/,
    because: "a chart shows a day of minutes or a month of hours",
  },
  {
    statement: /"event_key" (= |in )|^delete from "events"/,
    step: /deliveries_of_event \(event_key=\?\)$/,
    because: "an event has a delivery for each webhook of its customer",
  },
  {
    statement: /from "attempts" where "attempts"."delivery_key" = \? order by "attempts"."number" desc limit/,
    step: /attempts_of_delivery \(delivery_key=\?\)$/,
    because: "it takes the latest 100 attempts of one delivery",
  },
  {
    statement: /^delete from "(events|deliveries)"/,
    step: /attempts_of_delivery \(delivery_key=\?\)$/,
    because: "attempts go with their delivery",
  },
  {
    statement: /^select .* from "deliveries" .* order by "deliveries"."event_key" desc, .* limit/,
    step: /^USE TEMP B-TREE FOR (LAST TERM OF )?ORDER BY$/,
    because: "it sorts the deliveries of 64 events at most",
  },
  {
    statement: /"events"."key" > \? and "events"."key" < \?/,
    step: /^SEARCH events USING INTEGER PRIMARY KEY \(rowid>\? AND rowid<\?\)$/,
    because: "it looks through 512 events that are too new for the search index",
  },
  {
    statement: /from "events"( where "events"."key" [<>]=? \?)? order by "events"."key" (asc|desc) limit/,
    step: /^(SCAN events|SEARCH events USING INTEGER PRIMARY KEY \(rowid[<>]\?\))$/,
    because: "it takes one, or a batch of the search index",
  },
  {
    statement: /c.key = "events"."customer_key"\) = 0\)? order by "events"."key" (asc|desc) limit/,
    step: /^(SCAN events|SEARCH events USING INTEGER PRIMARY KEY \(rowid[<>]\?\))$/,
    because: "it takes a batch of the search index, past what agents are sent of the same events",
  },
  {
    statement: /order by "events"."created_at" asc, "events"."key" asc limit/,
    step: /^SEARCH events USING COVERING INDEX events_of_customer \(customer_key=\?\)$/,
    because: "it takes the oldest of a customer",
  },
  {
    statement: /(min|max)\("(first|last)_event"\)|from "search_segments" order by|"last_event" < \?/,
    step: /search_segments/,
    because: "it takes the first or the last of an index",
  },
  {
    statement: /"search_terms"/,
    step: /^SEARCH search_terms USING PRIMARY KEY \(segment=\?( AND term=\?)?\)$/,
    because: "it is the table's own key, of which it takes two terms or a whole segment",
  },
  {
    statement: /^delete from "(events|customers)"/,
    step: /^SEARCH events USING COVERING INDEX events_(id|of_customer) \(customer_key=\?\)$/,
    because: "it takes 100 of a deleted customer, or sees that there is none",
  },
];

const stores = watchedStores();

describe("the SQLite store in memory", () => describeStore(stores.open));

describe("the statements that it ran", () => {
  test("are of every verb", () => {
    expect([...stores.verbs].filter((verb) => !stores.called.has(verb))).toEqual([]);
  });

  test.each(["without", "with"])("read no more of a long history %s statistics", (statistics) => {
    const sqlite = databaseWithHistory();
    if (statistics === "with") sqlite.exec("analyze");
    expect(judgeAll(sqlite).found).toEqual([]);
  });

  test("need every exception that is made", () => {
    const { used } = judgeAll(databaseWithHistory());
    expect(exceptions.filter((each) => !used.has(each))).toEqual([]);
  });

  test("find each kind of what an open breaker holds in an index of its own", () => {
    const sqlite = databaseWithHistory();
    const kinds = [...stores.statements.keys()].filter((source) =>
      source.startsWith('select "key", "probes"'),
    );
    const steps = kinds.map((source) => {
      const [step] = sqlite
        .prepare<unknown[], { detail: string }>(`explain query plan ${source}`)
        .all(1, 1, 1);
      return /INDEX (\w+)/.exec(step?.detail ?? "")?.[1];
    });
    expect(steps.sort()).toEqual(
      ["asked", "due", "leased", "set_aside", "tried"].map((name) => `deliveries_${name}`),
    );
  });

  test("are not prepared anew for a limit where an event or attempt waits for it", () => {
    const hot = ["publishEvents", "claimDeliveries", "recordAttempts", "nextDueInMs"];
    const found = [...stores.statements.values()].filter(
      ({ source, verbs }) => /^select .*limit \?(?! \+)/.test(source) && hot.some((verb) => verbs.has(verb)),
    );
    expect(found.map(({ source }) => source)).toEqual([]);
  });

  test("delete without reading a whole table for a foreign key", () => {
    expect(unindexedForeignKeys(databaseWithHistory())).toEqual([]);
  });
});

function judgeAll(sqlite: ReturnType<typeof databaseWithHistory>) {
  const judge = planRules(sqlite);
  const used = new Set<Exception>();
  const found = [...stores.statements.values()].flatMap((statement) => {
    const { forbidden, used: own } = judge(statement, exceptions);
    for (const each of own) used.add(each);
    return forbidden.map((step) => `${[...statement.verbs].join(", ")}: ${step}\n  ${statement.source}`);
  });
  return { found, used };
}

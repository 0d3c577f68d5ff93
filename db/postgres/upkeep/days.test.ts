import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { runSql } from "@/testing/postgres-server";
import { ann } from "../../actor.kit";
import { only, webhookScene } from "../../contract/scene.kit";
import { day, minute, type Open, runBy } from "../../contract.kit";
import { connect } from "../connection/connection";
import { makeDatabase } from "../open.kit";
import { dayOf } from "../schema/day";
import { postgresStore } from "../store";

// What the retention of both stores comes to in the partitions of days.

let url: string;
let heard: (string | null)[] = [];
const open: Open = async (clock) => {
  url = await makeDatabase();
  heard = [];
  return postgresStore(connect({ url, ...runBy(clock), onDays: (why) => heard.push(why) }));
};
const { store, clock, customer, webhook, publish, claim, turn, delivery } = webhookScene(open);

const settle = async () => {
  while (await store.maintain({ retentionMs: 30 * day, longestPauseMs: day }));
};

/** The days that have a partition of a table. */
async function daysOf(table: string): Promise<number[]> {
  const rows = await runSql(
    url,
    `select substring(inhrelid::regclass::text from '\\d+$')::integer as day from pg_inherits
      where inhparent = '${table}'::regclass and inhrelid <> '${table}_default'::regclass order by 1`,
  );
  return rows.map((row) => Number(row.day));
}

const bothDays = async () => {
  const [ofPayloads, ofAttempts] = [await daysOf("payloads"), await daysOf("attempts")];
  expect(ofAttempts).toEqual(ofPayloads);
  return ofPayloads;
};

/** Which partitions hold rows, and how many. */
const places = (table: string) =>
  runSql(url, `select tableoid::regclass::text as name, count(*)::integer as rows from ${table} group by 1`);

test("today and the next days are made, and what comes lies in that of its event", async () => {
  await settle();
  const today = dayOf(clock.now);
  expect(await bothDays()).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((ahead) => today + ahead));
  await publish(3);
  clock.now += day;
  await turn(200);
  expect(await places("payloads")).toEqual([{ name: `payloads_${today}`, rows: 3 }]);
  expect(await places("attempts")).toEqual([{ name: `attempts_${today}`, rows: 3 }]);
  clock.now += minute;
  await settle();
  expect(await bothDays()).toContain(today + 8);
});

test("a day goes when nothing of it is left, and stays whole while a delivery of it waits", async () => {
  await settle();
  const first = dayOf(clock.now);
  await publish(2);
  await turn(200);
  clock.now += day;
  const [ended = "", waiting = ""] = await publish(2);
  await turn(200);
  clock.now += 28 * day;
  await store.redeliver(customer, webhook, waiting, ann);
  clock.now += 3 * day;
  await settle();
  expect((await bothDays())[0]).toBe(first + 1);
  expect(await places("payloads")).toEqual([{ name: `payloads_${first + 1}`, rows: 2 }]);
  expect(await store.getEvent(customer, ended)).toBeNull();
  expect((await store.listDeliveries(customer, { content: true, pageSize: 9 }))?.items).toHaveLength(1);
  expect((await delivery(waiting)).delivery.content?.payload).toContain(waiting);
  await turn(200);
  clock.now += 31 * day;
  await settle();
  expect(await bothDays()).not.toContain(first + 1);
  expect(await places("payloads")).toEqual([]);
});

test("what came before its day was made goes by row, with what it belongs to", async () => {
  const [waiting = ""] = await publish(3);
  await turn(200);
  expect(await places("payloads")).toEqual([{ name: "payloads_default", rows: 3 }]);
  clock.now += 29 * day;
  await store.redeliver(customer, webhook, waiting, ann);
  clock.now += 2 * day;
  await settle();
  for (const table of ["payloads", "attempts"])
    expect(await places(table)).toEqual([{ name: `${table}_default`, rows: 1 }]);
  expect(only(await claim()).event.id).toBe(waiting);
});

test("a day whose name is taken is done without, and the others are made", async () => {
  const today = dayOf(clock.now);
  await runSql(url, `create table attempts_${today} (mine text)`);
  await settle();
  expect(await bothDays()).toEqual([1, 2, 3, 4, 5, 6, 7].map((ahead) => today + ahead));
  await publish();
  await turn(200);
  expect(await places("attempts")).toEqual([{ name: "attempts_default", rows: 1 }]);
  expect(await runSql(url, `select from attempts_${today}`)).toEqual([]);
});

test("while somebody reads for long, publishers are not held up by a day that is to go", async () => {
  await settle();
  const first = dayOf(clock.now);
  await publish(2);
  await turn(200);
  clock.now += 32 * day;
  const reader = connect({ url });
  const reading = await reader.pool.connect();
  await reading.query("begin; select count(*) from payloads; select count(*) from attempts");
  const settling = settle();
  for (let times = 0; times < 50; times += 1) await publish();
  await settling;
  expect(await bothDays()).toContain(first);
  await reading.query("commit");
  reading.release();
  await reader.close();
  // On a machine that is busy it may take longer than it is allowed to, and is tried again.
  await expect
    .poll(async () => {
      clock.now += minute;
      await settle();
      return bothDays();
    })
    .not.toContain(first);
});

test("of a deleted customer nothing is left, in whatever partition it was", async () => {
  await publish(2);
  await turn(200);
  clock.now += day;
  await settle();
  await publish(2);
  await turn(200);
  await store.deleteCustomer(customer, ann);
  await settle();
  expect([...(await places("payloads")), ...(await places("attempts"))]).toEqual([]);
});

test("a delivery without its payload, which nothing but damage can bring about, ends and stops nobody", async () => {
  const [broken = "", whole = ""] = await publish(2);
  await runSql(url, `delete from payloads where payload like '%${broken}%'`);
  expect((await turn(200)).map(({ event }) => event.id)).toEqual([whole]);
  clock.now += minute;
  expect(await claim()).toEqual([]);
  const [trace] = await runSql(
    url,
    `select status, error_code from deliveries d join events e on e.key = d.event_key where e.id = '${broken}'`,
  );
  expect(trace).toEqual({ status: "failed", error_code: "worker_lost" });
});

test("what is in the default partitions is not looked through while others wait, for a day that is safely ahead", async () => {
  await runSql(
    url,
    `do $$ begin execute format('alter database %I set client_min_messages = debug1', current_database()); end $$`,
  );
  const said: (string | undefined)[] = [];
  const looking = connect({ url, ...runBy(clock) });
  looking.pool.on("connect", (client) => client.on("notice", ({ message }) => said.push(message)));
  await postgresStore(looking).maintain({ retentionMs: 30 * day, longestPauseMs: day });
  await looking.close();
  for (const table of ["payloads", "attempts"]) {
    const known = `updated partition constraint for default partition "${table}_default" is implied by existing constraints`;
    expect(said.filter((message) => message === known)).toHaveLength(6);
  }
});

test("what comes of a day that could not be made beforehand is not refused", async () => {
  await runSql(url, `create table attempts_${dayOf(clock.now) + 7} (mine text)`);
  await settle();
  clock.now += 7 * day;
  await publish();
  expect(await places("payloads")).toEqual([{ name: "payloads_default", rows: 1 }]);
});

test("why days are not made is told once, and when they are again", async () => {
  const taken = `attempts_${dayOf(clock.now) + 3}`;
  await runSql(url, `create table ${taken} (mine text)`);
  const again = async () => {
    clock.now += minute;
    await settle();
    return heard;
  };
  expect(await again()).toEqual([expect.stringMatching(`^Days cannot be made. .* rename it .*"${taken}"`)]);
  expect(await again()).toHaveLength(1);
  await runSql(url, `drop table ${taken}`);
  expect((await again()).slice(1)).toEqual([null]);
  expect(await again()).toHaveLength(2);
});

test("a user who may not make days is told so", async () => {
  const role = `keeper_${randomUUID().replaceAll("-", "")}`;
  await runSql(url, `create role ${role} login; grant all on all tables in schema public to ${role}`);
  const keeper = connect({
    url: url.replace(/(?<=:\/\/)[^@/]*@/, `${role}@`),
    ...runBy(clock),
    onDays: (why) => heard.push(why),
  });
  await postgresStore(keeper).maintain({ retentionMs: 30 * day, longestPauseMs: day });
  await keeper.close();
  await runSql(url, `drop owned by ${role}; drop role ${role}`);
  expect(heard).toEqual([expect.stringContaining("make it the owner of Fanfare's tables")]);
});

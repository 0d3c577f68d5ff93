import { sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { ann } from "../../actor.kit";
import { agentScene } from "../../contract/agents.kit";
import { newCustomer, newWebhook, type Open, publish } from "../../contract.kit";
import type { Connection } from "../connection/connection";
import { openWithConnection } from "../open.kit";

// Agents meet publishing at the row of their customer, and nobody else's publishing knows of them.

let connection: Connection;
const open: Open = async (clock) => {
  const opened = await openWithConnection(clock);
  connection = opened.connection;
  return opened.store;
};
const { store, customer, asking, subscribe, publishSearch } = agentScene(open);

/** Holds the customer's row in that way until the answer is called. */
async function holdCustomer(mode: "share" | "no key update"): Promise<() => Promise<void>> {
  const client = await connection.pool.connect();
  await client.query(`begin; select from customers where id = '${customer}' for ${mode}`);
  return async () => {
    await client.query("commit");
    client.release();
  };
}

const oneWaits = () =>
  vi.waitFor(
    async () => {
      const { rows } = await connection.db.execute(
        sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      expect(rows).toHaveLength(1);
    },
    { timeout: 10_000 },
  );

test("who subscribes waits for those who publish for the customer", async () => {
  const release = await holdCustomer("share");
  const asked = store.subscribe(asking(), ann);
  await oneWaits();
  await release();
  expect((await asked).kind).toBe("challenged");
});

test("what is published while somebody subscribes waits, and meets the subscription", async () => {
  const { webhook } = await subscribe();
  const release = await holdCustomer("no key update");
  const publishing = publishSearch();
  await oneWaits();
  await release();
  const found = await store.getDelivery(webhook.customerId, webhook.id, await publishing);
  expect(found?.delivery.status).toBe("pending");
});

test("only for a customer with agents is anything more asked as it is published for", async () => {
  await newWebhook(store, customer);
  const other = await newCustomer(store);
  await newWebhook(store, other);
  const before = await statementsOf(() => publish(store, customer));
  await subscribe({ name: "flow_run_failed" });
  expect(await statementsOf(() => publish(store, customer))).toBe(before + 1);
  expect(await statementsOf(() => publish(store, other))).toBe(before);
});

/** How many it takes, at the least of several times: a new connection and who looks for changes send some of their own. */
async function statementsOf(body: () => Promise<unknown>): Promise<number> {
  const counts: number[] = [];
  while (counts.length < 5) counts.push(await countStatements(body));
  return Math.min(...counts);
}

/** How many are sent on the connections that are taken meanwhile. */
async function countStatements(body: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const spies: { mockRestore(): void }[] = [];
  const watch = (client: { query: (...args: never[]) => unknown }) => {
    const query = client.query.bind(client);
    const spy = vi.spyOn(client, "query").mockImplementation((...args) => {
      count += 1;
      return query(...args);
    });
    spies.push(spy);
  };
  connection.pool.on("acquire", watch as never);
  await body();
  connection.pool.off("acquire", watch as never);
  for (const spy of spies) spy.mockRestore();
  return count;
}

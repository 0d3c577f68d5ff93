import { expect, test } from "vitest";
import { newCustomer, newEvent } from "../contract.kit";
import { openStore } from "../open";

test("a page of large events costs as much as what is on it, however many were asked for", async () => {
  const { store } = openStore({ dataDir: ":memory:", clock: Date.now });
  const customer = await newCustomer(store);
  const dataJson = JSON.stringify({ text: "x".repeat(250_000) });
  for (let n = 0; n < 200; n += 20) {
    await store.publishEvents(Array.from({ length: 20 }, () => newEvent(customer, { dataJson })));
  }
  const fullPage = (await store.listEvents(customer, { pageSize: 200 })).items.length;
  expect(fullPage).toBeLessThan(20);
  const timeOf = async (pageSize: number) => {
    const times: number[] = [];
    for (let n = 0; n < 7; n += 1) {
      const startedAt = performance.now();
      await store.listEvents(customer, { pageSize });
      times.push(performance.now() - startedAt);
    }
    return Math.min(...times);
  };
  expect(await timeOf(200)).toBeLessThan(4 * (await timeOf(fullPage)));
  await store.close();
});

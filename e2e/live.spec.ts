import type { Page } from "playwright/test";
import { expect, test } from "@/testing/browser";
import { deliveryRows, openWebhook, visit, webhookRow } from "@/testing/screen";

/** Cuts the live stream off, as a proxy that knows no streams would; answers how to let it through again. */
async function cutStream(page: Page): Promise<() => Promise<void>> {
  const stream = /\/api\/trpc\/live\./;
  await page.route(stream, (route) => route.abort());
  return () => page.unroute(stream);
}

test.describe(() => {
  test.use({ tolerated: [/ERR_FAILED.*\/live\./] });

  test("where no live stream gets through the page asks every few seconds, until one does", async ({
    page,
    account,
    receiver,
  }) => {
    const id = await account.addWebhook({ webhook_url: receiver.url });
    const letThrough = await cutStream(page);
    await visit(page, "/dashboard");
    await expect(page.getByText("Every 5 s")).toBeVisible();
    await account.publish();
    await expect(webhookRow(page, receiver.url)).toContainText("200");
    await openWebhook(page, id);
    await expect(deliveryRows(page, "Delivered")).toHaveCount(1);
    await account.publish();
    await expect(deliveryRows(page, "Delivered")).toHaveCount(2);

    await letThrough();
    await expect(page.getByText("Live", { exact: true })).toBeVisible();
    await account.publish();
    await expect(deliveryRows(page, "Delivered")).toHaveCount(3);
  });

  test("a long list that polls asks for its newest page only, and leaves the reader where they are", async ({
    page,
    account,
    receiver,
  }) => {
    const id = await account.addWebhook({ webhook_url: receiver.url });
    const event = { customer_id: account.customerId, type: "search_completed", data: { search_id: "s-1" } };
    await account.call("POST", "/events", Array(220).fill(event));
    await cutStream(page);
    await openWebhook(page, id);
    await expect(page.getByText("Every 5 s")).toBeVisible();
    const table = page.getByRole("table", { name: "Deliveries" });
    await expect(async () => {
      await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
      await expect(table).toHaveAttribute("aria-rowcount", "220", { timeout: 100 });
    }).toPass();
    const asked: string[] = [];
    page.on("request", (request) => {
      const url = decodeURIComponent(request.url());
      if (url.includes("deliveries.list")) asked.push(url);
    });
    await account.publish();
    const pill = page.getByRole("button", { name: "1 new", exact: true });
    await expect(pill).toBeVisible();
    await expect(table).toHaveAttribute("aria-rowcount", "220");
    // Without scrolling up to it, which lets them in as well.
    await pill.dispatchEvent("click");
    await expect(table).toHaveAttribute("aria-rowcount", "221");
    expect(asked.filter((url) => url.includes("cursor"))).toEqual([]);
  });
});

test("what waits is shown as held as soon as the breaker opens, though no delivery changed", async ({
  page,
  account,
  receiver,
}) => {
  receiver.answerAlways({ status: 503, headers: { "retry-after": "8" } });
  const id = await account.addWebhook({ webhook_url: receiver.url });
  await openWebhook(page, id);
  await account.publish();
  await expect(deliveryRows(page, "Retrying")).toHaveCount(1);
  receiver.answerAlways({ status: 503 });
  for (let count = 0; count < 5; count += 1) await account.publish();
  await expect(page.getByText(/Next probe/)).toBeVisible();
  await expect(deliveryRows(page, "Held")).toHaveCount(6);
});

test("while no worker runs the page says that events wait", async ({ page, account, receiver, app }) => {
  await account.addWebhook({ webhook_url: receiver.url });
  await visit(page, "/dashboard");
  const notice = page.getByText("No delivery worker is running.");
  const { worker } = app.pids();
  process.kill(worker, "SIGSTOP");
  try {
    await expect(notice).toBeVisible({ timeout: 30_000 });
  } finally {
    process.kill(worker, "SIGCONT");
  }
  await expect(notice).toBeHidden({ timeout: 15_000 });
});

test("what a replica answers late is said to be old, and asked for again until it is not", async ({
  page,
  account,
  receiver,
}) => {
  await account.addWebhook({ webhook_url: receiver.url });
  let ageMs = 3_200;
  let asked = 0;
  await page.route(/\/api\/trpc\/(?!live\.)/, async (route) => {
    const response = await route.fetch();
    asked += 1;
    await route.fulfill({ response, headers: { ...response.headers(), "x-data-age-ms": String(ageMs) } });
  });
  await visit(page, "/dashboard");
  await expect(page.getByText("As of 3 s ago", { exact: true })).toBeVisible();
  const before = asked;
  await expect.poll(() => asked).toBeGreaterThan(before + 1);
  ageMs = 4_600;
  await expect(page.getByText("As of 5 s ago", { exact: true })).toBeVisible();
  ageMs = 40;
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
});

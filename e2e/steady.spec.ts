import type { Page } from "playwright/test";
import { expect, test } from "@/testing/browser";
import { openWebhook, visit } from "@/testing/screen";

/** Of "good" pages it is 0.1 at most: https://web.dev/articles/cls. */
const mostShift = 0.02;
const liveEvents = 12;

/** Notes every shift of the layout that nobody's press or key caused, from the first paint on. */
async function noteShifts(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const noted = { shift: 0 };
    Object.assign(window, { noted });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
      })[]) {
        if (!entry.hadRecentInput) noted.shift += entry.value;
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  return () => page.evaluate(() => (window as unknown as { noted: { shift: number } }).noted.shift);
}

test("nothing on a page moves, neither while it loads nor while deliveries come in", async ({
  page,
  account,
  receiver,
}) => {
  const shiftSoFar = await noteShifts(page);
  const id = await account.addWebhook({ webhook_url: receiver.url });
  await account.publish();
  await receiver.waitFor(1);
  const mixed = [503, 200, 200];
  const pages = [
    { name: "home", open: () => visit(page, "/dashboard"), answers: mixed },
    { name: "deliveries", open: () => visit(page, "/dashboard/deliveries"), answers: mixed },
    { name: "insights", open: () => visit(page, `/dashboard/webhooks/${id}?tab=insights`), answers: mixed },
    { name: "webhook", open: () => openWebhook(page, id), answers: [200] },
  ];
  const shifts: Record<string, number> = {};
  let sent = 1;
  for (const { name, open, answers } of pages) {
    await open();
    for (let n = 0; n < liveEvents; n += 1) {
      receiver.answerNext({ status: answers[n % answers.length] ?? 200 });
      await account.publish();
      sent += 1;
      await receiver.waitFor(sent);
    }
    // The summaries follow what was heard within two seconds.
    await page.waitForTimeout(2_500);
    shifts[name] = await shiftSoFar();
  }
  test.info().annotations.push({ type: "layout shift", description: JSON.stringify(shifts) });
  expect(Object.entries(shifts).filter(([, shift]) => shift > mostShift)).toEqual([]);
});

test("nothing moves when a webhook begins to fail under one's eyes, and when it is fixed", async ({
  page,
  account,
  receiver,
}) => {
  const shiftSoFar = await noteShifts(page);
  const id = await account.addWebhook({ webhook_url: receiver.url });
  for (let n = 0; n < liveEvents; n += 1) await account.publish();
  await receiver.waitFor(liveEvents);
  await openWebhook(page, id);
  receiver.answerAlways({ status: 503, body: "deploying" });
  for (let n = 0; n < 5; n += 1) await account.publish();
  await expect(page.getByText("Deliveries fail")).toBeVisible();
  await page.waitForTimeout(2_500);
  const begun = await shiftSoFar();
  await page.getByRole("button", { name: "Show why" }).click();
  await expect(page.getByText(/“deploying”/).first()).toBeVisible();

  await page.reload();
  await expect(page.getByText(/“deploying”/).first()).toBeVisible();
  receiver.answerAlways({ status: 200 });
  await expect(page.getByText("Fixed", { exact: true })).toBeVisible({ timeout: 15_000 });
  await page.waitForTimeout(2_500);
  const fixed = await shiftSoFar();
  test.info().annotations.push({ type: "layout shift", description: JSON.stringify({ begun, fixed }) });
  expect(Math.max(begun, fixed)).toBeLessThanOrEqual(mostShift);
});

test("nor does the documentation move, also while a call is tried", async ({ page, account }) => {
  const shiftSoFar = await noteShifts(page);
  await account.addWebhook({ webhook_url: "https://receiver.example/in" });
  await page.goto("/docs/verify-signatures");
  await page.waitForTimeout(1_000);
  expect(await shiftSoFar()).toBeLessThanOrEqual(mostShift);
  await page.goto("/docs?try=webhooks.list");
  const call = page.getByRole("article", { name: "List webhooks" });
  await call.getByRole("button", { name: "Send GET" }).click();
  await expect(call.getByRole("region", { name: "Answer" })).toContainText("receiver.example");
  // What comes so long after a press is no consequence of it: https://web.dev/articles/cls
  await page.waitForTimeout(1_000);
  expect(await shiftSoFar()).toBeLessThanOrEqual(mostShift);
});

import { expect, test } from "@/testing/browser";
import { visit, webhookRow } from "@/testing/screen";

test.use({ viewport: { width: 1280, height: 800 } });

test("on a small laptop every control of a webhook's row can be reached", async ({
  page,
  account,
  receiver,
}) => {
  const url = `${receiver.url}/a/path/that/is/long/enough/to/need/more/room/than/there/is`;
  await account.addWebhook({ webhook_url: url, events: ["monitoring_alert_fired", "search_completed"] });
  receiver.answerAlways({ status: 500 });
  await visit(page, "/dashboard");
  await expect(page.getByText("nothing sent yet")).toBeVisible();
  await account.publish();
  await expect(webhookRow(page, url)).toContainText("Failing");
  await expect(page.getByRole("button", { name: `More for ${url}` })).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole("switch", { name: `Deliver to ${url}` })).toBeInViewport({ ratio: 1 });
});

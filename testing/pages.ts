import { expect, type Page } from "playwright/test";
import type { Account } from "./account";
import type { Receiver } from "./receiver";

/** A page of the product, and the heading by which one knows that it is there. */
export type Visitable = { path: string; heading: string | RegExp };

/** Every page of the dashboard, with a webhook and a delivery to be seen. `site` where that is no bare origin. */
export async function visitable(
  page: Page,
  account: Account,
  receiver: Receiver,
  site = "",
): Promise<Visitable[]> {
  const id = await account.addWebhook({ webhook_url: receiver.url, description: "Screening results" });
  const eventId = await account.publish();
  await receiver.waitFor(1);
  const webhook = { path: `/dashboard/webhooks/${id}`, heading: receiver.url };
  await page.goto(`${site}${webhook.path}`);
  await expect(page.getByRole("table", { name: "Deliveries" })).toBeVisible();
  return [
    { path: "/dashboard", heading: "Webhooks" },
    webhook,
    { ...webhook, path: `${webhook.path}?tab=test` },
    { ...webhook, path: `${webhook.path}?tab=insights` },
    { ...webhook, path: `${webhook.path}?tab=settings` },
    { path: `${webhook.path}/deliveries/${eventId}`, heading: "search_completed" },
    { path: `/dashboard/events/${eventId}`, heading: "search_completed" },
    { path: "/dashboard/deliveries", heading: "Deliveries" },
    { path: "/dashboard/agents", heading: "Agents" },
    { path: "/dashboard/catalogue", heading: "Event catalogue" },
    { path: "/dashboard/signature", heading: "Signature helper" },
    { path: "/dashboard/keys", heading: "API keys" },
    { path: "/dashboard/team", heading: "Team" },
    { path: "/dashboard/settings", heading: "Settings" },
  ];
}

/** The pages before the dashboard, for who has no session. */
export const doors: Visitable[] = [
  { path: "/sign-in", heading: "Sign in" },
  { path: "/sign-up", heading: "Create your account" },
  { path: "/portal/not-a-link", heading: "This link is over" },
  { path: "/invite/not-a-link", heading: "This invitation is over" },
  { path: "/reset/not-a-link", heading: "This link is over" },
];

/** The documentation, for everybody: a page of each kind. */
export const docs: Visitable[] = [
  { path: "/docs", heading: "Fanfare API" },
  { path: "/docs/causes", heading: "Causes of failures" },
  { path: "/docs/first-delivery", heading: "First delivery in five minutes" },
  { path: "/docs/verify-signatures", heading: "Verify signatures by hand" },
  { path: "/docs/errors-and-limits", heading: "Errors and limits" },
  { path: "/docs/receive-express-5", heading: "Receive in Express 5" },
  { path: "/docs/for-programs", heading: "fanfare-client" },
  { path: "/docs/search?q=secret", heading: "Search the documentation" },
];

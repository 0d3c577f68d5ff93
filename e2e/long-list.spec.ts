import { expect, test } from "@/testing/browser";
import { deliveryRows, visit } from "@/testing/screen";

declare global {
  interface Window {
    /** How many moments a browser has noted of what is in sight, and nobody was told of yet. */
    noted: number;
    tell: () => void;
  }
}

test("a list goes on to its end, also where a busy browser tells late of what came into sight", async ({
  page,
  account,
  receiver,
}) => {
  await account.addWebhook({ webhook_url: receiver.url });
  const event = { customer_id: account.customerId, type: "search_completed", data: { search_id: "s" } };
  await account.call("POST", "/events", Array(120).fill(event));
  await receiver.waitFor(120);
  await page.addInitScript(tellLate);
  await visit(page, "/dashboard/deliveries");
  await expect(deliveryRows(page, "Delivered").first()).toBeVisible();
  const table = page.getByRole("table", { name: "Deliveries" });
  await expect(table).toHaveAttribute("aria-rowcount", "50");

  const untilNoted = (moments: number) => page.waitForFunction((least) => window.noted >= least, moments);
  await untilNoted(1);
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  await untilNoted(2);
  await page.evaluate(() => window.tell());
  await expect(table).toHaveAttribute("aria-rowcount", "100");
});

/** Makes the observer of a list's end wait for `tell`, which gives it all that was noted at once. */
function tellLate(): void {
  let moments: IntersectionObserverEntry[] = [];
  let latest: (() => void) | undefined;
  window.noted = 0;
  window.tell = () => latest?.();
  window.IntersectionObserver = class extends IntersectionObserver {
    constructor(callback: IntersectionObserverCallback, options?: IntersectionObserverInit) {
      const hold: IntersectionObserverCallback = (entries, observer) => {
        moments = [...moments, ...entries];
        window.noted = moments.length;
        latest = () => callback(moments, observer);
      };
      // Links have others, which begin nearer.
      super(options?.rootMargin === "400px" ? hold : callback, options);
    }
  };
}

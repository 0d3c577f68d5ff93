import { startApp } from "@/testing/app";
import { test as base, expect } from "@/testing/browser";
import { visit } from "@/testing/screen";

const example = "https://receiver.example.com/crm";

/** The product as somebody starts it for the first time: nothing private may be reached. */
const test = base.extend({
  app: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern.
    async ({}, use) => {
      const app = await startApp({
        env: { DELIVERY_ALLOW_CIDRS: "", EXAMPLE_RECEIVERS: example, TRUSTED_PROXIES: "127.0.0.1/32" },
      });
      await use(app);
      await app.remove();
    },
    { scope: "worker", timeout: 300_000 },
  ],
});

test("who types the URL of an own machine is told how it can be reached", async ({ page, account }) => {
  expect(account.email).not.toBe("");
  await visit(page, "/dashboard?new=1");
  const dialog = page.getByRole("dialog");
  const url = dialog.getByLabel("Endpoint URL");
  for (const own of ["http://localhost:3000/hook", "https://localhost:8443", "https://127.0.0.1:8443"]) {
    await url.fill(own);
    await expect(dialog.getByText("npm run receiver")).toBeVisible();
    await expect(
      dialog.getByText(/^DELIVERY_ALLOW_CIDRS=\S+ NODE_EXTRA_CA_CERTS=\S+ npm start$/),
    ).toBeVisible();
  }
  await url.fill("http://example.com");
  await expect(dialog.getByText("npm run receiver")).toHaveCount(0);
});

test("a receiver that the installation names is one press away", async ({ page, account }) => {
  await visit(page, "/dashboard?new=1");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "receiver.example.com/crm" }).click();
  await expect(dialog.getByLabel("Endpoint URL")).toHaveValue(example);
  await expect(dialog.getByText("0 events chosen: it receives nothing but tests.")).toBeVisible();
  await dialog.getByLabel("search_completed").check();
  await expect(dialog.getByText("0 events chosen")).toHaveCount(0);
  await dialog.getByRole("button", { name: "Add webhook" }).click();
  await expect(page.getByText("Copy the signing secret now")).toBeVisible();
  expect(await account.call("GET", "/webhooks")).toMatchObject([{ webhook_url: example }]);
});

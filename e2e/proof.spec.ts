import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@/testing/browser";
import { deliveryRows, openWebhook, visit } from "@/testing/screen";

const equation = { name: "What matched, and what became of it" };

test("home tells what matched and what became of it, live, and leads to the deliveries behind a number", async ({
  page,
  account,
  receiver,
}) => {
  await account.addWebhook({ webhook_url: receiver.url });
  await account.publish();
  await visit(page, "/dashboard");
  const strip = page.getByRole("region", equation);
  await expect(strip).toContainText("Adds up, nothing lost");
  await expect(strip).toContainText(
    "1 matched = 1 delivered + 0 waiting + 0 failed + 0 cancelled + 0 missed",
  );
  receiver.answerAlways({ status: 422 });
  await account.publish();
  await expect(strip).toContainText("2 matched = 1 delivered + 0 waiting + 1 failed");
  await expect(strip).toContainText("Adds up, some failed");
  await strip.getByRole("link", { name: "1 failed" }).click();
  await expect(page).toHaveURL(/\/dashboard\/deliveries\?status=failed$/);
  await expect(deliveryRows(page, "Failed")).toHaveCount(1);
});

test("what a webhook missed while it was off is told beside what it got", async ({
  page,
  account,
  receiver,
}) => {
  const id = await account.addWebhook({ webhook_url: receiver.url, is_active: false });
  await account.publish();
  await openWebhook(page, id);
  await expect(page.getByRole("region", equation)).toContainText("1 matched = 0 delivered");
  await expect(page.getByRole("region", equation)).toContainText("1 missed while off");
});

test("an export is saved from the list, says its size before, and is verified with OpenSSL", async ({
  page,
  account,
  receiver,
}) => {
  const id = await account.addWebhook({ webhook_url: receiver.url });
  await openWebhook(page, id);
  await account.publish();
  await account.publish();
  await expect(deliveryRows(page, "Delivered")).toHaveCount(2);
  await page.getByRole("button", { name: "Export…" }).click();
  const dialog = page.getByRole("dialog", { name: "Export deliveries" });
  await expect(dialog).toContainText("2 rows, less than 1 kB.");
  await dialog.getByRole("combobox", { name: "Accepted" }).click();
  await page.getByRole("option", { name: "Yesterday" }).click();
  await expect(dialog).toContainText("0 rows");
  await dialog.getByRole("combobox", { name: "Accepted" }).click();
  await page.getByRole("option", { name: "Today" }).click();
  await expect(dialog).toContainText("2 rows, less than 1 kB.");
  await dialog.getByRole("radio", { name: "CSV" }).click();
  const saving = page.waitForEvent("download");
  await dialog.getByRole("link", { name: "Export" }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toMatch(/^deliveries-[\d-]+\.csv$/);
  const folder = mkdtempSync(join(tmpdir(), "fanfare-proof-"));
  try {
    await saved.saveAs(join(folder, "export.json")); // as the document calls it
    const key = await page.request.get("/export-key");
    writeFileSync(join(folder, "key.pem"), await key.text());
    expect(readFileSync(join(folder, "export.json"), "utf8")).toContain(
      "2 matched = 2 delivered + 0 waiting",
    );
    expect(execFileSync("sh", ["-c", verification()], { cwd: folder, encoding: "utf8" })).toContain(
      "Signature Verified Successfully",
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** The commands of the document, but for the one that fetches the key. */
function verification(): string {
  const text = readFileSync(join(import.meta.dirname, "../docs/export.md"), "utf8");
  const [, commands = ""] = /```sh\ncurl -o key\.pem.*\n([\s\S]*?)```/.exec(text) ?? [];
  return commands;
}

import type { Page } from "playwright/test";
import { newPerson } from "@/testing/account";
import { expect, test } from "@/testing/browser";
import { visitable } from "@/testing/pages";
import { deliveryRows, visit, webhookRow } from "@/testing/screen";

/** Invites a viewer as the owner does, and joins by the link in the other browser. */
async function joinAsViewer(owner: Page, viewer: Page): Promise<void> {
  await visit(owner, "/dashboard/team");
  await owner.getByRole("button", { name: "Invite…" }).click();
  await owner.getByRole("dialog").getByRole("combobox", { name: "Role" }).click();
  await owner.getByRole("option", { name: "Viewer" }).click();
  await owner.getByRole("button", { name: "Make a link" }).click();
  const link = await owner
    .getByRole("dialog")
    .getByText(/\/invite\//)
    .textContent();
  const person = newPerson();
  await viewer.goto(link ?? "");
  await viewer.getByLabel("Your name").fill("Vera");
  await viewer.getByLabel("Email").fill(person.email);
  await viewer.getByLabel("Password").fill(person.password);
  await viewer.getByRole("button", { name: "Sign up" }).click();
  await viewer.waitForURL(/\/dashboard$/);
}

const changes =
  /^(Add|Send|Redeliver|Recover|Try that|Cancel|Save|Rotate|Remove|Delete|New|Pause|Resume|Invite|Subscribe|Disconnect|Make)/;

test("a viewer reads everything, and is offered nothing that changes anything", async ({
  page,
  account,
  receiver,
  visitor: viewer,
}) => {
  receiver.answerNext({ status: 502, body: "broken" });
  const pages = await visitable(page, account, receiver);
  await joinAsViewer(page, viewer);
  for (const { path, heading } of pages) {
    await visit(viewer, path);
    await expect(viewer.getByRole("heading", { name: heading }).first()).toBeVisible();
    await expect(viewer.getByRole("button", { name: changes, disabled: false }), path).toHaveCount(0);
    await expect(viewer.getByRole("link", { name: changes }), path).toHaveCount(0);
    for (const toggle of await viewer.getByRole("switch", { name: /^Deliver to/ }).all())
      await expect(toggle, path).toBeDisabled();
  }
  await visit(viewer, "/dashboard?new=1");
  await expect(webhookRow(viewer, receiver.url)).toBeVisible();
  await viewer.keyboard.press("n");
  await expect(viewer.getByRole("dialog")).toHaveCount(0);
  await viewer.getByRole("button", { name: /^More for/ }).click();
  await expect(viewer.getByRole("menuitem", { name: "Copy URL" })).toBeVisible();
  await expect(viewer.getByRole("menuitem", { name: /Test|Edit|Pause|Delete/ })).toHaveCount(0);
  await viewer.keyboard.press("Escape");

  await viewer.keyboard.press("ControlOrMeta+k");
  await viewer.getByPlaceholder("Search webhooks and pages").fill("webhook");
  await expect(viewer.getByRole("option", { name: "Webhooks" })).toBeVisible();
  await expect(viewer.getByRole("option", { name: /^(New|Test|Pause)/ })).toHaveCount(0);
  await viewer.keyboard.press("Escape");

  await webhookRow(viewer, receiver.url).getByRole("link").click();
  await deliveryRows(viewer, "search_completed").first().getByRole("link").click();
  await viewer.getByRole("tab", { name: "1", exact: true }).click();
  await expect(viewer.getByRole("dialog", { name: "Delivery" }).getByText("broken")).toBeVisible();

  const [webhook] = await account.call<{ id: string }[]>("GET", "/webhooks");
  await account.call("POST", `/webhooks/${webhook?.id}/pause`);
  await visit(viewer, `/dashboard/webhooks/${webhook?.id}`);
  await expect(viewer.getByText("Paused until somebody resumes it")).toBeVisible();
  await expect(viewer.getByRole("button", { name: changes, disabled: false })).toHaveCount(0);
});

test.describe(() => {
  test.use({ tolerated: [/status of 403/] });

  test("what a viewer calls past the dashboard is refused, and says why", async ({
    page,
    account,
    receiver,
    visitor: viewer,
  }) => {
    const id = await account.addWebhook({ webhook_url: receiver.url });
    await joinAsViewer(page, viewer);
    for (const [procedure, input] of [
      ["webhooks.create", { webhook_url: "https://example.com/hook" }],
      ["webhooks.update", { webhook_id: id, is_active: false }],
      ["webhooks.delete", { webhook_id: id }],
      ["webhooks.test", { webhook_id: id, event_type: "search_completed" }],
      ["webhooks.rotateSecret", { webhook_id: id }],
      ["webhooks.recover", { webhook_id: id, since: new Date(0).toISOString() }],
      ["webhooks.cancelPending", { webhook_id: id }],
      ["webhooks.pause", { webhook_id: id }],
      ["webhooks.resume", { webhook_id: id }],
      ["team.invite", { role: "owner" }],
      ["apiKeys.create", {}],
    ] as const) {
      const answer = await viewer.request.post(`/api/trpc/${procedure}`, {
        data: input,
        headers: { origin: new URL(viewer.url()).origin },
      });
      expect(answer.status(), procedure).toBe(403);
      const { error } = await answer.json();
      expect(error.message, procedure).toMatch(/viewer|owner|role|member/i);
    }
    expect(await account.call("GET", `/webhooks/${id}`)).toMatchObject({ is_active: true });
    expect(receiver.requests).toHaveLength(0);
  });
});

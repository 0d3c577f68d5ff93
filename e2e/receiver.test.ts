import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { type App, startApp } from "@/testing/app";
import { call, newCustomer } from "@/testing/client";
import { collectOutput } from "@/testing/output";

let ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.toReversed()) await end();
  ends = [];
});

/** The settings before `npm start` in a text. */
function settingsIn(text: string): Record<string, string> {
  const [, given = ""] = /^ *((?:[A-Z_]+=\S+ )+)npm start$/m.exec(text) ?? [];
  return Object.fromEntries(
    given
      .trim()
      .split(" ")
      .map((pair) => pair.split("=")),
  );
}

test("with the README's receiver and settings, a test reaches this machine over https", async () => {
  const receiver = spawn("npm", ["run", "receiver", "--", "0"]);
  ends.push(() => {
    receiver.kill("SIGTERM");
    return once(receiver, "exit");
  });
  const output = collectOutput();
  output.listenTo(receiver);
  const [, url = ""] = await output.waitFor(/^(https:\/\/localhost:\d+) answers 200/m);
  await output.waitFor(/npm start\n/);
  const settings = settingsIn(output.text());
  const ofReadme = settingsIn(readFileSync("README.md", "utf8"));
  expect(Object.keys(settings)).toEqual(["DELIVERY_ALLOW_CIDRS", "NODE_EXTRA_CA_CERTS"]);
  expect(settings.DELIVERY_ALLOW_CIDRS).toBe(ofReadme.DELIVERY_ALLOW_CIDRS);
  expect(settings.NODE_EXTRA_CA_CERTS).toMatch(new RegExp(`/${ofReadme.NODE_EXTRA_CA_CERTS}$`));

  const app: App = await startApp({ env: ofReadme });
  ends.push(() => app.remove());
  const { key } = await newCustomer(app);
  const body = { webhook_url: url, events: ["search_completed"] };
  const made = await call(app, "POST", "/webhooks", { key, body });
  const { id } = made.body as { id: string };
  const sent = await call(app, "POST", `/webhooks/${id}/test`, {
    key,
    body: { event_type: "search_completed" },
  });
  expect(sent.body).toMatchObject({ status: "delivered", status_code: 200 });
  await output.waitFor(/POST \/ SEARCH_COMPLETED attempt 1\n\{"id"/);
});

test.each(["--nope", "70000", "1.5"])("the receiver says that %s is no port", (port) => {
  const { status, stderr } = spawnSync(process.execPath, ["scripts/receiver.mjs", port]);
  expect(status).toBe(1);
  expect(stderr.toString()).toMatch(new RegExp(`^${port} is no port\\. .*\n$`));
});

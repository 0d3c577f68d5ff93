import "./node-version.mjs";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { findBrowser } from "./browser.mjs";
import { root, say } from "./run.mjs";
import { setUp } from "./setup.mjs";

// `npm run screenshots`: pictures of every screen into docs/, taken of the demo.
await setUp({ forTests: true });
const { chromium } = await import("playwright");
const { CHROMIUM } = await findBrowser();

const folder = join(root, "docs");
/** Until each kind of trouble has shown itself, and retries have run out. */
const liveForMs = 75_000;
/** For parts that load after the page, and live updates, to come to rest. */
const restMs = 1_000;

const laptop = { viewport: { width: 1440, height: 900 } };
const inDark = ["webhooks", "webhook", "delivery"];
const onPhone = ["webhooks", "delivery"];
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

const demo = spawn(process.execPath, [join(root, "scripts/demo.mjs")], {
  env: { ...process.env, PORT: "0" },
  stdio: ["ignore", "pipe", "inherit"],
});
const account = await greeting(demo);
say("The demo runs. Giving it a minute to live.");
await pause(liveForMs);
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
try {
  mkdirSync(folder, { recursive: true });
  await takeAll();
} finally {
  await browser.close();
  demo.kill("SIGTERM");
  await once(demo, "exit");
}

/** What the demo prints for its visitor. */
async function greeting({ stdout }) {
  let text = "";
  for await (const chunk of stdout.iterator({ destroyOnReturn: false })) {
    text += chunk;
    const found = /Sign in +(?<url>\S+)\/sign-in\s+Email +(?<email>\S+)\s+Password +(?<password>\S+)/.exec(
      text,
    );
    if (found) {
      stdout.resume();
      return found.groups;
    }
  }
  throw new Error(`The demo did not start:\n${text}`);
}

async function takeAll() {
  const { url, email, password } = account;
  const context = await browser.newContext({ baseURL: url });
  await context.request.post("/api/auth/sign-in/email", { data: { email, password } });
  const storageState = await context.storageState();
  const screens = await findScreens(context.request);
  await context.close();
  for (const [name, path] of Object.entries(screens)) {
    const options = { storageState, baseURL: url };
    await take(`${name}-light`, path, { ...options, ...laptop, colorScheme: "light" });
    if (inDark.includes(name))
      await take(`${name}-dark`, path, { ...options, ...laptop, colorScheme: "dark" });
    if (onPhone.includes(name)) await take(`${name}-phone`, path, { ...options, ...phone });
  }
}

/** The screens worth showing, with ids of this run. */
async function findScreens(request) {
  const ask = async (procedure, input = {}) => {
    const query = `?input=${encodeURIComponent(JSON.stringify(input))}`;
    return (await (await request.get(`/api/trpc/${procedure}${query}`)).json()).result.data;
  };
  const webhooks = await ask("webhooks.list");
  const idOf = (words) => webhooks.find(({ description }) => description.startsWith(words)).id;
  const cases = idOf("Case management");
  const { items } = await ask("deliveries.list", { webhook_id: cases, status: "failed", content: false });
  const [agent] = await ask("agents.list");
  const page = (id) => `/dashboard/webhooks/${id}`;
  return {
    webhooks: "/dashboard",
    webhook: page(idOf("Billing")),
    delivery: `${page(cases)}?delivery=${items[0].id}&of=${cases}`,
    deliveries: "/dashboard/deliveries",
    insights: `${page(cases)}?tab=insights&range=1h`,
    test: `${page(idOf("CRM"))}?tab=test`,
    settings: `${page(idOf("CRM"))}?tab=settings`,
    catalogue: "/dashboard/catalogue",
    signature: "/dashboard/signature",
    keys: "/dashboard/keys",
    agents: `/dashboard/agents?agent=${agent.id}`,
  };
}

async function take(name, path, options) {
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  await page.goto(path);
  await untilShown(page);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await context.close();
  say(`docs/${name}.png`);
}

/** Waits until nothing is only the place of something: also after parts that came later had their time. */
async function untilShown(page) {
  const places = page.locator("[data-skeleton]");
  do {
    await places.first().waitFor({ state: "detached" });
    await page.waitForTimeout(restMs);
  } while ((await places.count()) > 0);
}

import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, createServer as createSocket } from "node:net";
import { newPerson } from "@/testing/account";
import { startApp } from "@/testing/app";
import { test as base, expect } from "@/testing/browser";
import { call, newCustomer } from "@/testing/client";

/** A page of another site, whose frame shows what it is given. */
type Platform = { origin: string; frame(url: string): string };

const test = base.extend<object, { platform: Platform }>({
  platform: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern.
    async ({}, use) => {
      const server = createServer((request, response) => {
        const src = new URL(request.url ?? "/", "http://localhost").searchParams.get("src") ?? "";
        response.setHeader("content-type", "text/html");
        response.end(
          `<!doctype html><title>Platform</title><iframe title="Webhooks" width="1100" height="700" src="${src}"></iframe>`,
        );
      });
      server.listen(0, "localhost");
      await once(server, "listening");
      const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
      await use({ origin, frame: (url) => `${origin}/?src=${encodeURIComponent(url)}` });
      server.closeAllConnections();
      server.close();
    },
    { scope: "worker" },
  ],
  app: [
    async ({ authority, platform }, use) => {
      const port = String(await freePort());
      const app = await startApp({
        env: {
          NODE_EXTRA_CA_CERTS: authority.caFile,
          PORT: port,
          PUBLIC_URL: `http://127.0.0.1:${port}`,
          PORTAL_FRAME_ANCESTORS: platform.origin,
          PORTAL_ACCENT: "#00566b,#5ad1e6",
          PORTAL_LOGO: `data:image/svg+xml;base64,${Buffer.from(logo).toString("base64")}`,
        },
      });
      await use(app);
      await app.remove();
    },
    { scope: "worker", timeout: 300_000 },
  ],
});

const logo = `<svg xmlns="http://www.w3.org/2000/svg" width="90" height="24"><rect width="90" height="24"/></svg>`;

// A frame that is refused is told in the browser's console.
test.use({ tolerated: [/frame-ancestors|Refused to frame|Framing 'http/] });

test("a platform shows a customer's dashboard in a frame of its own, in its colours", async ({
  newVisitor,
  app,
  platform,
}) => {
  const customer = await newCustomer(app);
  const made = await call(app, "POST", `/customers/${customer.id}/portal-links`, {
    key: app.platformKey,
    body: {},
  });
  const { url } = made.body as { url: string };
  const page = await newVisitor();
  await page.goto(platform.frame(url));
  const frame = page.frameLocator("iframe");
  await expect(frame.getByRole("heading", { name: "Webhooks" })).toBeVisible();
  await expect(frame.getByRole("img", { name: "Webhooks" }).first()).toBeVisible();
  const accent = await frame
    .locator("html")
    .evaluate((html) => getComputedStyle(html).getPropertyValue("--accent-solid"));
  expect(accent).toBe("#00566b");
  // What is changed there is ours to change: the cookie comes along, and the origin is our own.
  await frame.getByRole("button", { name: "Add webhook" }).first().click();
  await frame.getByRole("dialog").getByLabel("URL").fill("https://receiver.example/hook");
  await frame.getByRole("dialog").getByRole("button", { name: "Add webhook" }).click();
  await expect(frame.getByText("receiver.example/hook").first()).toBeVisible();
  // The link is used up, and its session lasts: the next load of the frame goes on with it.
  await page.goto(platform.frame(`${app.url}/dashboard`));
  await expect(frame.getByText("receiver.example/hook").first()).toBeVisible();
});

test("a frame without a session says so, and what people sign in to cannot be framed", async ({
  newVisitor,
  app,
  platform,
}) => {
  const page = await newVisitor();
  await page.goto(platform.frame(`${app.url}/portal/not-a-link`));
  const over = page.frameLocator("iframe");
  await expect(over.getByText("This link is over")).toBeVisible();
  await expect(over.getByRole("img", { name: "Webhooks" })).toBeVisible();
  await page.goto(platform.frame(`${app.url}/sign-in`));
  await expect(page.frameLocator("iframe").getByLabel("Password")).toHaveCount(0);
  const person = newPerson();
  const visitor = await newVisitor();
  await visitor.request.post(`${app.url}/api/auth/sign-up/email`, { data: person });
  const { headers } = await visitor.request
    .get(`${app.url}/dashboard`)
    .then((answer) => ({ headers: answer.headers() }));
  expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
});

async function freePort(): Promise<number> {
  const socket = createSocket().listen(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address() as AddressInfo;
  socket.close();
  return port;
}

import { gzipSync } from "node:zlib";
import type { Page } from "playwright/test";
import { expect, test } from "@/testing/browser";
import { docs, doors, visitable } from "@/testing/pages";

const mostBytes = 250_000;

/** Longer than the browser waits before it loads what it may need later: see app/_components/ui/when-idle.ts. */
const restMs = 2_500;

/**
 * The JavaScript that a page makes a browser load before anybody touches it, gzipped, by file: also what comes late, or
 * is fetched ahead for other pages. Each page begins with an empty cache.
 */
async function loadedBy(page: Page, path: string): Promise<Map<string, number>> {
  const bytes = new Map<string, number>();
  const bodies: Promise<void>[] = [];
  let latestAt = Date.now();
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (!pathname.endsWith(".js")) return;
    latestAt = Date.now();
    bodies.push(response.body().then((body) => void bytes.set(pathname, gzipSync(body).length)));
  });
  await page.goto(path);
  await expect.poll(() => Date.now() - latestAt, { timeout: 30_000 }).toBeGreaterThan(restMs);
  await Promise.all(bodies);
  return bytes;
}

// Each page is left alone for some seconds.
test.describe.configure({ timeout: 180_000 });

test("no page makes a browser load more than 250 kB of JavaScript", async ({
  page,
  account,
  receiver,
  newVisitor,
}) => {
  const pages = await visitable(page, account, receiver);
  const { cookies } = await page.context().storageState();
  const sizes: Record<string, number> = {};
  for (const { path } of [...doors, ...docs, ...pages]) {
    const visitor = await newVisitor();
    if (path.startsWith("/dashboard")) await visitor.context().addCookies(cookies);
    const bytes = await loadedBy(visitor, path);
    sizes[path] = [...bytes.values()].reduce((sum, size) => sum + size, 0);
    await visitor.context().close();
  }
  test.info().annotations.push({ type: "gzipped JavaScript", description: JSON.stringify(sizes) });
  expect(Object.entries(sizes).filter(([, size]) => size === 0)).toEqual([]);
  expect(Object.entries(sizes).filter(([, size]) => size > mostBytes)).toEqual([]);
});

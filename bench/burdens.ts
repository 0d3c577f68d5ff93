import { setTimeout as pause } from "node:timers/promises";
import { sampleEvent } from "./events";
import type { BurdenScale } from "./scale";
import { addCustomer, type Customer, type Stage } from "./stage";

/** Something that another customer does until it is ended; then it says in short what came of it. */
export type Load = { end: () => Promise<string> };

const testsEach = 5;

/** As many live streams of one key as it asks for. What is refused stays so: a program would come back later. */
export async function openStreams(stage: Stage, { streams }: BurdenScale): Promise<() => Promise<Load>> {
  const { headers } = await addCustomer(stage, []);
  return async () => {
    const abort = new AbortController();
    let [open, refused] = [0, 0];
    const listen = async () => {
      const url = `${stage.product.url}/api/trpc/live.deliveries`;
      const { status, body } = await fetch(url, { headers, signal: abort.signal });
      if (status === 200) open += 1;
      else refused += 1;
      if (status !== 200) await body?.cancel();
    };
    for (let asked = 0; asked < streams; asked += 50) {
      await Promise.all(Array.from({ length: 50 }, listen));
    }
    return {
      async end() {
        abort.abort();
        return `${open} open, ${refused} refused`;
      },
    };
  };
}

/** Customers who keep five tests going each, to receivers that never answer. */
export async function runHangingTests(
  stage: Stage,
  { hangingCustomers, hangMs }: BurdenScale,
): Promise<() => Promise<Load>> {
  const tests: { headers: Record<string, string>; path: string }[] = [];
  for (let made = 0; made < hangingCustomers; made += 1) {
    const { headers, webhooks } = await addCustomer(stage, ["/hang/a"]);
    tests.push({ headers, path: `/webhooks/${webhooks[0]}/test` });
  }
  const own = await addCustomer(stage, ["/count/a"]);
  const json = JSON.stringify({ event_type: "search_completed" });
  return () =>
    runForEver(
      stage,
      tests.flatMap(({ headers, path }) =>
        Array.from({ length: testsEach }, () => ({ method: "POST", path, headers, json })),
      ),
      { sayAtEnd: testOfAnother, spreadMs: hangMs },
    );

  async function testOfAnother(): Promise<string> {
    const startedAt = performance.now();
    const path = `/webhooks/${own.webhooks[0]}/test`;
    await send(stage, { method: "POST", path, headers: own.headers, json });
    return `a test of another took ${Math.round(performance.now() - startedAt)} ms`;
  }
}

/** Ten requests that take as much work as a caller may ask for, each again as soon as it is answered. */
export async function runHeavyRequests(
  stage: Stage,
  { manyEvents, attempts }: BurdenScale,
): Promise<() => Promise<Load>> {
  const heavy = await addCustomer(stage, ["/count/a"]);
  const { headers, id: customer } = heavy;
  const webhook = heavy.webhooks[0] ?? "";
  for (let made = 0; made < manyEvents; made += 500) {
    await stage.platform.publish(Array.from({ length: 500 }, () => largeEvent(customer, 2_000)));
  }
  const often = await publishOften(stage, heavy, attempts);
  const query = (name: string, input: object) =>
    `/api/trpc/${name}?input=${encodeURIComponent(JSON.stringify(input))}`;
  const search = { text: "nothing says this", page_size: 200 };
  const month = { webhook_id: webhook, since: "2020-01-01T00:00:00Z", include: ["failed", "missed"] };
  const batch = Array.from({ length: 5 }, () => "deliveries.list").join();
  const inputs = encodeURIComponent(
    JSON.stringify(Object.fromEntries([0, 1, 2, 3, 4].map((at) => [at, search]))),
  );
  const bad = Array.from({ length: 1_000 }, (_, at) =>
    at % 2 ? { customer_id: customer, type: "nothing", data: [] } : sampleEvent(customer),
  );
  const reads = [
    query("deliveries.list", search),
    `/webhooks/${webhook}/events/${often}`,
    query("webhooks.countRecoverable", month),
    query("stats.overview", { range: "30d" }),
    query("stats.webhook", { webhook_id: webhook, range: "30d" }),
    "/events?page_size=200",
    `/webhooks/${webhook}/events?page_size=200`,
    `/api/trpc/${batch}?batch=1&input=${inputs}`,
  ].map((path) => ({ method: "GET", path, headers }));
  const platform = { "x-api-key": stage.settings.PLATFORM_API_KEY ?? "", "content-type": "application/json" };
  const publishBad = { method: "POST", path: "/events", headers: platform, json: JSON.stringify(bad) };
  return () => runForEver(stage, [...reads, publishBad, publishBad]);
}

type Request = { method: string; path: string; headers: Record<string, string>; json?: string };

/** Sends each of them again and again until it is ended. */
async function runForEver(
  stage: Stage,
  requests: Request[],
  { sayAtEnd = async () => "", spreadMs = 0 } = {},
): Promise<Load> {
  let isOver = false;
  let answered = 0;
  const runs = requests.map(async (request, index) => {
    await pause((spreadMs * index) / requests.length);
    while (!isOver) {
      const status = await send(stage, request).catch(() => 0);
      if (status > 0) answered += 1;
      if (status === 429) await pause(1_000);
    }
  });
  await pause(1_000 + spreadMs);
  return {
    async end() {
      const said = await sayAtEnd();
      isOver = true;
      await Promise.all(runs);
      return said || `${answered} answers`;
    },
  };
}

async function send({ product }: Stage, { method, path, headers, json }: Request): Promise<number> {
  const response = await fetch(`${product.url}${path}`, { method, headers, body: json });
  await response.arrayBuffer();
  return response.status;
}

/** An event with many attempts; answers its id. */
async function publishOften(
  stage: Stage,
  { id: customer, headers, webhooks }: Customer,
  attempts: number,
): Promise<string> {
  const [{ id } = { id: "" }] = await stage.platform.publish([largeEvent(customer, 200_000)]);
  const path = `/webhooks/${webhooks[0]}/events/${id}/redeliver`;
  for (let sent = 0; sent < attempts; sent += 1) {
    await send(stage, { method: "POST", path, headers });
    await pause(60);
  }
  return id;
}

const largeEvent = (customer: string, size: number) => sampleEvent(customer, { note: "x".repeat(size) });

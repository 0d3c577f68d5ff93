import type { Customer, Stage } from "./stage";

/** Opens live streams as a dashboard does, and reads whatever comes; answers how to close them. */
export async function openDashboards(
  { product }: Stage,
  { id, headers }: Customer,
  count: number,
): Promise<() => void> {
  const abort = new AbortController();
  const input = encodeURIComponent(JSON.stringify({ details: true, customer_id: id }));
  const url = `${product.url}/api/trpc/live.deliveries?input=${input}`;
  for (let opened = 0; opened < count; opened += 1) {
    const { status, body } = await fetch(url, { headers, signal: abort.signal });
    if (status !== 200) throw new Error(`A live stream was answered with ${status}.`);
    void body?.pipeTo(new WritableStream()).catch(() => {}); // it ends by being aborted
  }
  return () => abort.abort();
}

import { sitePath } from "@/app/_components/url/site-path";

/** As long as a person looks at a page that may be old without being told. */
const patienceMs = 2_000;

/** Whether the server answers, asked now. */
export async function isServerThere(): Promise<boolean> {
  if (!navigator.onLine) return false;
  try {
    const signal = AbortSignal.timeout(patienceMs);
    return (await fetch(sitePath("/healthz"), { cache: "no-store", signal })).ok;
  } catch {
    return false;
  }
}

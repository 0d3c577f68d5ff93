import { BookText } from "lucide-react";
import { useSession } from "@/app/_components/session/session-provider";
import { sitePath } from "@/app/_components/url/site-path";
import { pages } from "../pages";
import type { Command } from "./command";

/** What is written down, outside of the dashboard. */
const documents = [
  { path: "/docs", title: "API reference", words: "docs documentation rest curl calls help" },
  { path: "/docs/first-delivery", title: "First delivery, step by step", words: "docs guide start tutorial" },
  { path: "/docs/verify-signatures", title: "Verify signatures by hand", words: "docs guide hmac receiver" },
  { path: "/docs/retries-and-order", title: "Retries and order", words: "docs guide schedule twice" },
  { path: "/docs#receiving", title: "How to receive events", words: "docs signature verify headers retries" },
  { path: "/docs#errors", title: "Errors of the API", words: "docs refusals status codes failure classes" },
  { path: "/docs/causes", title: "Causes of failures", words: "docs diagnosis codes troubleshooting fixes" },
];

/** The pages of the dashboard, and the documentation, which opens beside it. */
export function usePageCommands(go: (href: string) => void): Command[] {
  const { is_portal } = useSession();
  const places = pages
    .filter(({ isForAccounts }) => !(isForAccounts && is_portal))
    .map(({ href, ...page }) => ({ ...page, id: href, group: "Go to", run: () => go(href) }));
  const docs = documents.map(({ path, ...document }) => ({
    ...document,
    id: path,
    group: "Documentation",
    icon: BookText,
    isOnlyFound: true,
    run: () => window.open(sitePath(path), "_blank", "noopener"),
  }));
  return [...places, ...docs];
}

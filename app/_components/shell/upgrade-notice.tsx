"use client";

import { RefreshCw } from "lucide-react";
import { useEffect } from "react";
import { useServerFacts } from "@/app/_components/facts/server-facts";
import { Button } from "@/app/_components/ui/button";
import { toast } from "@/app/_components/ui/toast";
import { takeReloadNews } from "@/app/_components/upgrade/or-reload";
import { askBeforeLeaving, keepTyped, reloadWithTyped } from "@/app/_components/upgrade/typed";
import { useReadiness } from "./use-readiness";

/** Says so when the server has another version than this page: what the page asks for may have changed. */
export function UpgradeNotice() {
  const { version } = useServerFacts();
  const { data } = useReadiness();
  useEffect(() => {
    window.addEventListener("beforeunload", askBeforeLeaving);
    return () => window.removeEventListener("beforeunload", askBeforeLeaving);
  }, []);
  useEffect(() => {
    if (takeReloadNews()) toast("Fanfare was upgraded, and the page loaded anew.");
  }, []);
  if (!data?.version || data.version === version) return null;
  const reload = () => {
    keepTyped();
    reloadWithTyped();
  };
  return (
    <div
      role="status"
      className="mb-4 flex flex-wrap items-center gap-3 rounded-[10px] border border-line-strong px-4 py-3"
    >
      <RefreshCw aria-hidden className="size-4 shrink-0 text-muted" />
      <p className="min-w-0 grow basis-48">{`Fanfare was upgraded to ${data.version}. This page is still from ${version}.`}</p>
      <Button onClick={reload}>Load it anew</Button>
    </div>
  );
}

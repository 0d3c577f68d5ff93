"use client";

import { WifiOff } from "lucide-react";
import { useEffect, useState } from "react";
import { ClockTime } from "@/app/_components/time/clock-time";
import { useOffline } from "./live-provider";

/** Says since when nothing new can come, over the page and without moving it, and keeps the page until it can. */
export function OfflineNotice() {
  const since = useOffline();
  const [isPressed, setIsPressed] = useState(false);
  useEffect(() => {
    if (since === null) return;
    const onClick = (event: MouseEvent) => {
      if (stays(event)) setIsPressed(true);
    };
    document.addEventListener("click", onClick, true);
    return () => {
      document.removeEventListener("click", onClick, true);
      setIsPressed(false);
    };
  }, [since]);
  return (
    <div role="status" className="fixed inset-x-3 bottom-3 z-60 mx-auto w-fit empty:hidden">
      {since !== null && (
        <p className="flex items-center gap-2.5 rounded-lg border border-line-strong bg-panel px-4 py-2.5">
          <WifiOff aria-hidden className="size-4 shrink-0 text-bad" />
          <span>
            <b className="font-medium">Offline since</b> <ClockTime at={new Date(since).toISOString()} />
            <span>. What you see is from then; it goes on by itself once Fanfare can be reached.</span>
            {isPressed && (
              <b className="font-medium"> Until then this page stays, and no other can be opened.</b>
            )}
          </span>
        </p>
      )}
    </div>
  );
}

/** A link would take away the page that was there, and bring the browser's own about a lost connection. */
function stays(event: MouseEvent): boolean {
  const link = event.target instanceof Element && event.target.closest("a[href]");
  if (!link || link.getAttribute("href")?.startsWith("#")) return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}

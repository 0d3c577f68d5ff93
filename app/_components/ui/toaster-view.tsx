"use client";

import { Toaster as Sonner } from "sonner";

/** Where short news appears, in the looks of the page. */
export default function ToasterView() {
  return (
    <Sonner
      position="bottom-right"
      gap={8}
      style={{ fontFamily: "inherit" }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-center gap-3 rounded-lg border border-line-strong bg-panel px-4 py-3 text-base text-ink",
          content: "grow min-w-0",
          title: "font-medium",
          description: "text-muted",
          error: "!border-bad",
          actionButton: "h-7 shrink-0 rounded-md border border-line-strong px-2.5 font-medium hover:bg-hover",
        },
      }}
    />
  );
}

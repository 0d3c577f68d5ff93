"use client";

import dynamic from "next/dynamic";

/** Where short news appears; `toast` shows one. No page is given up for want of it. */
export const Toaster = dynamic(() => import("./toaster-view").catch(() => ({ default: () => null })), {
  ssr: false,
});

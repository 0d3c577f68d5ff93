"use client";

import dynamic from "next/dynamic";

/** Where short news appears; `toast` shows one. */
export const Toaster = dynamic(() => import("./toaster-view"), { ssr: false });

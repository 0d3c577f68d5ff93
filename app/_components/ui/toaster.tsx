"use client";

import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";
import { loadAhead } from "./load-ahead";
import { isToasted, onToast } from "./toast";

const load = () => import("./toaster-view");
loadAhead(load);
// No page is given up for want of it.
const View = dynamic(() => load().catch(() => ({ default: () => null })), { ssr: false });

/** Where short news appears, from the first on; `toast` shows one. */
export function Toaster() {
  return useSyncExternalStore(onToast, isToasted, () => false) && <View />;
}

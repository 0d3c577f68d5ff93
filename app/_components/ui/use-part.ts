"use client";

import { type ComponentType, useState } from "react";
import { orReload } from "@/app/_components/upgrade/or-reload";
import { toast } from "./toast";

/** A part that is drawn on top of any page, once its code is there. Without it, the page goes on. */
export function usePart<Props>(load: () => Promise<ComponentType<Props>>) {
  const [loaded, setLoaded] = useState<{ Part: ComponentType<Props> } | null>(null);
  const keep = (Part: ComponentType<Props>) => setLoaded({ Part });
  return {
    Part: loaded?.Part,
    /** Loads it ahead. When that fails, it is tried again when somebody wants it. */
    warm: () => void load().then(keep, () => {}),
    want: () => {
      if (!loaded) void orReload(load()).then(keep, (error: Error) => toast.error(error.message));
    },
  };
}

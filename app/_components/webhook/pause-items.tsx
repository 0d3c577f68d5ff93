"use client";

import { CirclePause, CirclePlay } from "lucide-react";
import { usePause } from "@/app/_components/queue/use-pause";
import { isPausedNow } from "@/app/_components/status/paused-now";
import { useTimeZone } from "@/app/_components/time/time-zone";
import { tomorrowAt } from "@/app/_components/time/tomorrow";
import { MenuItem } from "@/app/_components/ui/menu";
import type { Webhook } from "./types";

const hourMs = 3_600_000;

/** What a menu offers of pauses: three ends, or to resume. One that is off, or a listener, has nothing to pause. */
export function PauseItems({ webhook }: { webhook: Webhook }) {
  const zone = useTimeZone();
  const { pause, resume } = usePause();
  if (!webhook.is_active || webhook.listener) return null;
  if (isPausedNow(webhook, Date.now())) {
    return (
      <MenuItem icon={CirclePlay} onSelect={() => resume(webhook)}>
        Resume
      </MenuItem>
    );
  }
  return (
    <>
      <MenuItem icon={CirclePause} onSelect={() => pause(webhook, Date.now() + hourMs)}>
        Pause for 1 h
      </MenuItem>
      <MenuItem icon={CirclePause} onSelect={() => pause(webhook, tomorrowAt(9, Date.now(), zone))}>
        Pause until tomorrow 9:00
      </MenuItem>
      <MenuItem icon={CirclePause} onSelect={() => pause(webhook, null)}>
        Pause until I resume it
      </MenuItem>
    </>
  );
}

import { CirclePause, CirclePlay } from "lucide-react";
import { isPausedNow } from "@/app/_components/status/paused-now";
import type { Webhook } from "@/app/_components/webhook/types";
import { usePause } from "@/app/_components/webhook/use-pause";
import { Group, Item } from "./palette-parts";

/** Pauses a webhook that is on, until somebody resumes it, or resumes it. */
export function PauseCommands({
  webhooks,
  run,
}: {
  webhooks: Webhook[];
  run: (action: () => void) => () => void;
}) {
  const { pause, resume } = usePause();
  const active = webhooks.filter(({ is_active }) => is_active);
  if (active.length === 0) return null;
  return (
    <Group heading="Pause and resume">
      {active.map((webhook) => {
        const isPaused = isPausedNow(webhook, Date.now());
        const verb = isPaused ? "Resume" : "Pause";
        return (
          <Item
            key={webhook.id}
            icon={isPaused ? CirclePlay : CirclePause}
            value={`${verb} ${webhook.webhook_url} ${webhook.description ?? ""}`}
            onSelect={run(() => (isPaused ? resume(webhook) : pause(webhook, null)))}
          >
            <span>{verb}</span>{" "}
            <span translate="no" className="mono truncate">
              {webhook.webhook_url.replace("https://", "")}
            </span>
          </Item>
        );
      })}
    </Group>
  );
}

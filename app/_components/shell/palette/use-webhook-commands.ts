import {
  ChartColumn,
  CirclePause,
  CirclePlay,
  FlaskConical,
  Settings2,
  Webhook as WebhookIcon,
} from "lucide-react";
import { usePause } from "@/app/_components/queue/use-pause";
import { useSession } from "@/app/_components/session/session-provider";
import { isPausedNow } from "@/app/_components/status/paused-now";
import type { Webhook } from "@/app/_components/webhook/types";
import { trpc } from "@/app/_trpc/client";
import type { Command } from "./command";

/** Every webhook, and what is done with one. */
export function useWebhookCommands(go: (href: string) => void): Command[] {
  const { mayChange } = useSession();
  const { data: webhooks = [] } = trpc.webhooks.list.useQuery();
  const { pause, resume } = usePause();
  return webhooks.flatMap((webhook) => {
    const page = `/dashboard/webhooks/${webhook.id}`;
    const about = {
      code: webhook.webhook_url.replace("https://", ""),
      note: webhook.description ?? undefined,
    };
    const doing = { ...about, group: "Do with a webhook", isOnlyFound: true };
    return [
      {
        ...about,
        id: page,
        group: "Webhooks",
        title: "",
        icon: WebhookIcon,
        ids: [webhook.id],
        run: () => go(page),
      },
      mayChange && {
        ...doing,
        id: `test ${page}`,
        title: "Test",
        words: "send",
        icon: FlaskConical,
        run: () => go(`${page}?tab=test`),
      },
      mayChange && webhook.is_active && { ...doing, ...pausing(webhook), id: `pause ${page}` },
      {
        ...doing,
        id: `insights ${page}`,
        title: "Insights of",
        words: "charts latency",
        icon: ChartColumn,
        run: () => go(`${page}?tab=insights`),
      },
      {
        ...doing,
        id: `settings ${page}`,
        title: "Settings of",
        words: "edit url rotate secret delete",
        icon: Settings2,
        run: () => go(`${page}?tab=settings`),
      },
    ].filter((command) => command !== false);
  });

  /** Until somebody resumes it. */
  function pausing(webhook: Webhook) {
    return isPausedNow(webhook, Date.now())
      ? { title: "Resume", icon: CirclePlay, run: () => resume(webhook) }
      : { title: "Pause", icon: CirclePause, run: () => pause(webhook, null) };
  }
}

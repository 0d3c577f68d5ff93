import { setTimeout as pause } from "node:timers/promises";
import type { Begin, Context, Reading } from "../measurement";
import { memoryKib } from "../processes";
import { onNewStage } from "../stage";

/** All processes together after some idle time, each build alone: what two of them share would count for half. */
export const memory = ({ builds, scale }: Context): Begin[] =>
  builds.map((build) =>
    onNewStage(build, async ({ product }) => {
      await pause(scale.idleMs);
      return (["Pss", "Rss"] as const).map(
        (kind): Reading => ({
          what: `idle memory of supervisor, web and worker, ${kind.toUpperCase()}`,
          unit: "MB",
          value: memoryKib(product.pids(), kind) / 1_024,
        }),
      );
    }),
  );

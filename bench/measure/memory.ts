import { setTimeout as pause } from "node:timers/promises";
import type { Begin, Context, Reading } from "../measurement";
import { memoryKib, withChildren } from "../processes";
import { onNewStage } from "../stage";

/** All processes together after some idle time, each build alone: what two of them share would count for half. */
export const memory = ({ builds, scale }: Context): Begin[] =>
  builds.map((build) =>
    onNewStage(build, async ({ product }) => {
      const read = async (when: string) => {
        await pause(scale.idleMs);
        const pids = withChildren(product.pids());
        return (["Pss", "Rss"] as const).map(
          (kind): Reading => ({
            what: `idle memory of all processes${when}, ${kind.toUpperCase()}`,
            unit: "MB",
            value: memoryKib(pids, kind) / 1_024,
          }),
        );
      };
      const unseen = await read("");
      await (await fetch(`${product.url}/sign-in`)).text(); // what renders may begin with the first page
      return [...unseen, ...(await read(" after somebody looked at a page"))];
    }),
  );

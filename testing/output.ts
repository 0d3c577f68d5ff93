import type { ChildProcess } from "node:child_process";

/** What processes have printed, and a way to wait for more of it. */
export type Output = {
  text(): string;
  /** Listens to a process that was started with pipes. */
  listenTo(child: ChildProcess): void;
  /** Resolves with the match once it was printed, after `from` characters. Rejects when the process ends before. */
  waitFor(pattern: RegExp, from?: number): Promise<RegExpExecArray>;
};

export function collectOutput(): Output {
  let text = "";
  let speaker: ChildProcess | undefined;
  const waiting = new Set<() => void>();
  const look = () => {
    for (const check of waiting) check();
  };

  return {
    text: () => text,
    listenTo(child) {
      speaker = child;
      for (const stream of [child.stdout, child.stderr]) {
        stream?.on("data", (chunk) => {
          text += chunk;
          look();
        });
      }
      child.once("close", () => {
        if (speaker === child) speaker = undefined;
        look();
      });
    },
    waitFor(pattern, from = 0) {
      return new Promise((resolve, reject) => {
        const check = () => {
          const match = pattern.exec(text.slice(from));
          if (!match && speaker) return;
          waiting.delete(check);
          if (match) resolve(match);
          else reject(new Error(`The process ended without printing ${pattern}:\n${text}`));
        };
        waiting.add(check);
        check();
      });
    },
  };
}

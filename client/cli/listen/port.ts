import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

const lookEveryMs = 500;

/** Whether something accepts connections where a URL points to. */
export function accepts(url: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const port = Number(url.port || (url.protocol === "https:" ? 443 : 80));
    const socket = connect({ host: url.hostname.replace(/^\[|\]$/g, ""), port, timeout: 5_000 });
    const end = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket
      .once("connect", () => end(true))
      .once("error", () => end(false))
      .once("timeout", () => end(false));
  });
}

/** Waits until something does, and tells `onAbsent` once if nothing does at first. Throws when the signal says so. */
export async function whenAccepts(url: URL, signal: AbortSignal, onAbsent: () => void): Promise<void> {
  for (let isTold = false; !(await accepts(url)); isTold = true) {
    if (!isTold) onAbsent();
    await pause(lookEveryMs, undefined, { signal });
  }
}

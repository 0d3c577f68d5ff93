import type { Env } from "@/server/process/env";
import { isSameText } from "./keys";

type Keys = Pick<Env, "platformApiKey" | "platformApiKeyPrevious">;

/** The platform's keys that count, the newest first: while one replaces another, both do. */
export const platformKeys = ({ platformApiKey, platformApiKeyPrevious }: Keys): string[] =>
  platformApiKeyPrevious === null ? [platformApiKey] : [platformApiKey, platformApiKeyPrevious];

/** Which of them this is; null when it is none. Each is compared, so that the time taken tells nothing. */
export function platformKeyOf(env: Keys, given: string | Uint8Array): "current" | "previous" | null {
  const [isCurrent, isPrevious] = platformKeys(env).map((key) => isSameText(given, key));
  if (isCurrent) return "current";
  return isPrevious ? "previous" : null;
}

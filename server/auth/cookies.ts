import type { CallHeaders } from "@/server/http/call";
import type { Env } from "@/server/process/env";

/** Whether browsers may be told to send cookies over HTTPS only. */
export const isSecure = ({ publicUrl }: Pick<Env, "publicUrl">) => publicUrl?.startsWith("https:") ?? false;

/** Where cookies belong: other paths of the same host are others'. */
export const cookiePath = ({ basePath }: Pick<Env, "basePath">) => basePath || "/";

/** The value of a cookie of ours, none of which needs to be decoded; null when it is absent or empty. */
export function readCookie(headers: CallHeaders, name: string): string | null {
  for (const pair of headers.get("cookie")?.split(";") ?? []) {
    const [key, value] = pair.trim().split("=", 2);
    if (key === name && value) return value;
  }
  return null;
}

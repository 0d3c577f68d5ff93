import type { Env } from "@/server/process/env";

/** Whether browsers may be told to send cookies over HTTPS only. */
export const isSecure = ({ publicUrl }: Pick<Env, "publicUrl">) => publicUrl?.startsWith("https:") ?? false;

/** Where cookies belong: other paths of the same host are others'. */
export const cookiePath = ({ basePath }: Pick<Env, "basePath">) => basePath || "/";

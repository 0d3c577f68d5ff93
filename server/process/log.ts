import { type DestinationStream, destination, type Logger, pino } from "pino";
import type { LogLevel } from "./env";

export type { Logger };

/** Nothing of ours logs these; the list catches a whole object passed by mistake. */
const secretPaths = [
  "secret",
  "key",
  "token",
  "password",
  "authorization",
  "cookie",
  '["x-api-key"]',
].flatMap((name) =>
  name.startsWith("[") ? [name, `*${name}`, `*.*${name}`] : [name, `*.${name}`, `*.*.${name}`],
);

/** JSON lines on stderr: stdout belongs to the sentences for people. */
export function createLog(
  role: string,
  level: LogLevel,
  to: DestinationStream = destination({ dest: 2, sync: true }),
): Logger {
  return pino(
    {
      level,
      base: { role, pid: process.pid },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      redact: { paths: secretPaths, censor: "[secret]" },
    },
    to,
  );
}

import type { AttemptError } from "@/domain/delivery/outcome";
import type { Logger } from "./log";

/**
 * Says in the log that the proxy cannot be used, when that begins and when it can be again. That it refuses one target
 * is on record with the attempts, and no news.
 */
export function proxyNews(log: Pick<Logger, "error" | "info">): (trouble: AttemptError | null) => void {
  let isTold = false;
  return (trouble) => {
    const isOut = trouble?.detail === "proxy_unreachable" || trouble?.detail === "proxy_credentials";
    if (isOut === isTold) return;
    isTold = isOut;
    if (isOut)
      log.error(
        { why: trouble.message },
        "Nothing can be delivered through DELIVERY_PROXY: it is tried again",
      );
    else log.info("Deliveries get through DELIVERY_PROXY again");
  };
}

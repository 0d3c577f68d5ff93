import type { Context } from "./context";
import { adoptSystemEvents, systemEventsOf } from "./health";

/** What is slow was measured, so the rows say it: the platform hears of each warning as it begins, and only then. */
export function warningsChecked(context: Context): void {
  const { model, rows } = context;
  const systemEvents: string[] = [];
  for (const { key, slow_since: slowSince, certificate_told: certificateTold } of rows.warnings()) {
    const hook = model.hooks.get(key);
    if (!hook) continue;
    const begun: string[] = [];
    if (slowSince !== null && slowSince !== hook.slowSince) begun.push("webhook.slow");
    if (certificateTold !== null && certificateTold !== hook.certificateTold)
      begun.push("webhook.certificate_expiring");
    systemEvents.push(...systemEventsOf(model, hook, begun));
    Object.assign(hook, { slowSince, certificateTold });
  }
  adoptSystemEvents(context, systemEvents);
}

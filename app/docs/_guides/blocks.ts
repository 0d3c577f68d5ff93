import { errorCodes } from "@/domain/delivery/outcome";
import { callLimits, customerLimits, webhookLimits } from "@/domain/limits";
import { refusals } from "@/server/api/openapi/errors";
import { attemptErrors } from "../_parts/attempt-errors";
import { agentChoices } from "./agent-choices";

const kibibyte = 1024;
const mebibyte = kibibyte * kibibyte;

/** Tables that guides show, from where the product has them too. */
export const blocks: Record<string, string> = {
  agentChoices: table(["The protocol leaves open", "Fanfare"], agentChoices),
  refusals: table(
    ["Status", "Meaning"],
    Object.entries(refusals).map(([status, { meaning }]) => [status, meaning]),
  ),
  attempts: table(
    ["Code", "Meaning"],
    errorCodes.map((code) => [`\`${code}\``, attemptErrors[code]]),
  ),
  limits: table(
    ["What", "At most"],
    [
      ["Webhooks of a customer", customerLimits.webhooks],
      ["API keys of a customer", customerLimits.apiKeys],
      ["Tests under way", customerLimits.tests],
      ["Characters of a URL", webhookLimits.url],
      ["Body of a call", `${callLimits.bodyBytes / kibibyte} KiB`],
      ["An event", `${callLimits.eventBytes / kibibyte} KiB`],
      ["Events of one call", callLimits.events],
      ["Body of a call that publishes", `${callLimits.publishBytes / mebibyte} MiB`],
      ["Calls of a tRPC batch", callLimits.batchCalls],
    ],
  ),
};

function table(head: [string, string], rows: (string | number)[][]): string {
  return [head, ["---", "---"], ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

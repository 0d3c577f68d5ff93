import { z } from "zod";
import { webhookId } from "../../inputs";
import { tool } from "../tool";

/** Two of them have to fit into one message. */
const mostText = 64 * 1024;

export const checkSignature = tool({
  name: "check_signature",
  title: "Check a signature",
  description:
    "Tells why a receiver refuses a signature: give the headers and the exact body that it received, as its log prints them. The secret is never shown.",
  input: z.object({
    webhook_id: webhookId,
    headers: z
      .string()
      .max(mostText)
      .describe("As a log prints them, in whatever language, or the whole request"),
    body: z.string().max(mostText),
    computed: z
      .string()
      .max(mostText / 2)
      .optional()
      .describe("What the receiver's own code computed, or said when it refused the request"),
  }),
  isReadOnly: true,
  run: async ({ api }, asked) => ({ findings: await api.signatures.check(asked) }),
});

/** Whose a webhook is: a customer's, a program's that listens, an agent's, or the platform's own. */
export type WebhookKind = "customer" | "listener" | "agent" | "platform";

import type { Recovery } from "../store";

export function toRecovery(row: Omit<Recovery, "webhookId">, webhookId: string): Recovery {
  const { id, total, done, state, createdAt, endedAt } = row;
  return { id, webhookId, total, done, state, createdAt, endedAt };
}

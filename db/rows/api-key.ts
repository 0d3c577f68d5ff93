import type { ApiKey } from "../store";

/** A key's row, in whichever database. */
type ApiKeyRow = Omit<ApiKey, "customerId">;

export function toApiKey({ apiKey, customerId }: { apiKey: ApiKeyRow; customerId: string }): ApiKey {
  const { id, name, prefix, access, createdAt, lastUsedAt, expiresAt } = apiKey;
  return { id, customerId, name, prefix, access, createdAt, lastUsedAt, expiresAt };
}

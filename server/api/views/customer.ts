import { z } from "zod";
import { type ApiKey, type Customer, keyAccess } from "@/db/store";
import { isoTime, timeView } from "./time";

export const customerView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    external_id: z.string().nullable().describe("Your own id of the customer: accepted wherever an id is"),
    created_at: timeView,
  })
  .meta({ id: "Customer" });

export const toCustomerView = (customer: Customer): z.infer<typeof customerView> => ({
  id: customer.id,
  name: customer.name,
  external_id: customer.externalId,
  created_at: isoTime(customer.createdAt),
});

export const apiKeyView = z
  .object({
    id: z.uuid(),
    name: z.string().nullable(),
    prefix: z.string().describe("The first characters of the key, to tell keys apart"),
    access: z.enum(keyAccess).describe("Whether it may change anything (full), or only look (read)"),
    created_at: timeView,
    last_used_at: timeView.nullable().describe("To about a minute; null when it was never used"),
    expires_at: timeView.nullable().describe("It is refused from then on; null when it never ends by itself"),
  })
  .meta({ id: "ApiKey" });

export const toApiKeyView = (key: ApiKey): z.infer<typeof apiKeyView> => ({
  id: key.id,
  name: key.name,
  prefix: key.prefix,
  access: key.access,
  created_at: isoTime(key.createdAt),
  last_used_at: key.lastUsedAt === null ? null : isoTime(key.lastUsedAt),
  expires_at: key.expiresAt === null ? null : isoTime(key.expiresAt),
});

export const newApiKeyView = apiKeyView
  .extend({ key: z.string().describe("The key itself, shown this once") })
  .meta({ id: "NewApiKey" });

export const portalLinkView = z
  .object({
    url: z.url().describe("Signs in once, as a member of the customer"),
    expires_at: timeView,
  })
  .meta({ id: "PortalLink" });

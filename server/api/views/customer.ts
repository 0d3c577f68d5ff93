import { z } from "zod";
import type { ApiKey, Customer } from "@/db/store";
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
    created_at: timeView,
  })
  .meta({ id: "ApiKey" });

export const toApiKeyView = (key: ApiKey): z.infer<typeof apiKeyView> => ({
  id: key.id,
  name: key.name,
  prefix: key.prefix,
  created_at: isoTime(key.createdAt),
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

import type { Conditions } from "@/domain/filter/condition";

/** What the form holds while a person fills it in. */
export type WebhookFields = {
  webhook_url: string;
  description: string;
  events: string[];
  conditions: Conditions | null;
  is_active: boolean;
};

export const emptyFields: WebhookFields = {
  webhook_url: "",
  description: "",
  events: [],
  conditions: null,
  is_active: true,
};

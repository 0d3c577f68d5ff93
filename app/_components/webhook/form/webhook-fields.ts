/** What the form holds while a person fills it in. */
export type WebhookFields = {
  webhook_url: string;
  description: string;
  events: string[];
  is_active: boolean;
};

export const emptyFields: WebhookFields = { webhook_url: "", description: "", events: [], is_active: true };

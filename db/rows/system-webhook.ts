/** The platform's own webhook belongs to a customer that no API shows. */
export const systemCustomerId = "00000000-0000-7000-8000-000000000000";
export const systemWebhookId = "00000000-0000-7000-8000-000000000001";

/** Whether it is the platform's own webhook. */
export const isSystemWebhook = ({ id }: { id: string }) => id === systemWebhookId;

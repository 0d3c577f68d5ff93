/** Where a person sees what a tool tells of. */
export type Links = {
  webhook: (webhookId: string) => string;
  delivery: (webhookId: string, eventId: string) => string;
  event: (eventId: string) => string;
  agents: string;
};

/** Links into the dashboard of the installation at this address. */
export function linksOf(site: string): Links {
  const webhook = (webhookId: string) => `${site}/dashboard/webhooks/${webhookId}`;
  return {
    webhook,
    delivery: (webhookId, eventId) => `${webhook(webhookId)}/deliveries/${eventId}`,
    event: (eventId) => `${site}/dashboard/events/${eventId}`,
    agents: `${site}/dashboard/agents`,
  };
}

/** Groups of calls: by the noun of their procedure, in the order that people read about them. */
const groups: Record<string, { name: string; description: string }> = {
  events: {
    name: "Events",
    description: "What happened for a customer. The platform publishes, customers read.",
  },
  webhooks: { name: "Webhooks", description: "The URLs that a customer's events are sent to, at most 10." },
  incidents: {
    name: "Incidents",
    description: "The times for which a webhook failed in earnest, and what became of its events.",
  },
  deliveries: {
    name: "Deliveries",
    description: "One event for one webhook, from pending to its end, with every attempt.",
  },
  recoveries: {
    name: "Recoveries",
    description: "Deliveries sent again by what they have in common, and what became of them.",
  },
  stats: {
    name: "Proof",
    description: "What matched, what became of it, and a signed file that says so of each delivery.",
  },
  marks: {
    name: "Marks",
    description:
      "What you say happened, a deploy for example, and how webhooks were changed: seen in the charts.",
  },
  agents: {
    name: "Agents",
    description: "What AI agents subscribed to by the Model Context Protocol, apart from webhooks.",
  },
  eventTypes: { name: "Event types", description: "The catalogue of what can happen." },
  customers: {
    name: "Customers",
    description: "The platform's customers. An external id is accepted as an id.",
  },
  apiKeys: { name: "API keys", description: "The keys of a customer. A key is shown once." },
};

export const receiving = {
  name: "Receiving",
  description: "What your endpoint gets: one POST per attempt, signed when the webhook has a secret.",
};

export const operating = { name: "Operating", description: "For whoever runs Fanfare. No key is needed." };

export const tags = [...Object.values(groups), receiving, operating];

/** The group of a procedure. */
export const tagOf = (procedure: string) => groups[procedure.split(".")[0] ?? ""]?.name ?? operating.name;

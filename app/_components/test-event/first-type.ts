/** A type of the catalogue that a webhook receives, the first that it names; any when it names none or all. */
export const firstType = (events: string[], types: { type: string }[]): string | undefined =>
  events.find((event) => types.some(({ type }) => type === event)) ?? types[0]?.type;

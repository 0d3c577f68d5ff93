/** What platforms tell: some 350 bytes of JSON. */
export const sampleData = {
  search_id: "0193c11a-9d07-7a6e-86f3-b5e20c8d4731",
  query: { name: "Amelia Hartmann", birth_date: "1984-07-19", country: "DE" },
  hit_count: 2,
  lists: ["sanctions", "pep", "adverse_media"],
  completed_at: "2026-03-15T16:20:44.096Z",
};

export const sampleEvent = (customer: string, more: { id?: string; note?: string } = {}) => ({
  customer_id: customer,
  type: "search_completed",
  id: more.id,
  data: { ...sampleData, note: more.note },
});

export const sampleEvents = (customer: string, count: number, note?: string) =>
  Array.from({ length: count }, () => sampleEvent(customer, { note }));

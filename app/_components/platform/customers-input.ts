/** What the list of customers is asked, by the page's query. */
export const customersInput = (get: (name: string) => string) => ({
  page_size: 50,
  search: get("q").trim().slice(0, 255) || undefined,
  troubled: get("show") === "troubled",
});

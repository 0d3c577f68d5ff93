import type { Values } from "./request-of";

/**
 * What one call was tried with, for the next one: until the page is left, and nowhere else, because there is a key in
 * it.
 */
export const memory: { by: "session" | "key" | null; key: string; customerId: string; values: Values } = {
  by: null,
  key: "",
  customerId: "",
  values: {},
};

/**
 * The header by which a page of /platform says that it asks as its operator: whoever is signed in as a customer's person
 * may be an operator in the same browser. No other site's page can make a browser send it.
 */
export const asOperator = { "x-fanfare-as": "platform" } as const;

/** The fragment that leads to a part of a page. */
export const anchor = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");

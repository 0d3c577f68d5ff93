/** A part of a page of the documentation, in Markdown from its heading on. */
export type Part = { id: string; title: string; text: string };

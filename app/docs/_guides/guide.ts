/** A page of the documentation that is written by hand. */
export type Guide = {
  /** Its name under /docs. */
  slug: string;
  title: string;
  /** What one finds there, in a sentence. */
  summary: string;
  /** Markdown, from its heading on: `{{url}}` is where Fanfare is, a fence with `file=` shows that file. */
  text: string;
};

/** What a key may do, in words. */
export const accessWords = {
  full: { label: "Full access", hint: "It may do what a member may, without keys and team." },
  read: {
    label: "Read only",
    hint: "It may look at everything, and is refused what changes or sends anything.",
  },
} as const;

export const isKeyAccess = (text: string): text is keyof typeof accessWords =>
  Object.hasOwn(accessWords, text);

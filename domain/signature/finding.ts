/** One sentence of the helper: what is right, what is wrong, or what else there is to know. */
export type Finding = { tone: "ok" | "bad" | "info"; text: string };

export const ok = (text: string): Finding => ({ tone: "ok", text });
export const bad = (text: string): Finding => ({ tone: "bad", text });
export const info = (text: string): Finding => ({ tone: "info", text });

import { isSuccess } from "@/domain/delivery/outcome";
import { failureWord } from "./failure-word";

/** What failed attempts came to, each code with its own count: `24 × 422, 1 × 502`. Empty when none failed. */
export const countWords = (outcomes: { code: string; count: number }[]): string =>
  outcomes
    .filter(({ code }) => !isSuccess(Number(code)))
    .map(({ code, count }) => `${count.toLocaleString("en")} × ${codeWord(code)}`)
    .join(", ");

const codeWord = (code: string) => (/^\d+$/.test(code) ? code : failureWord(null, code));

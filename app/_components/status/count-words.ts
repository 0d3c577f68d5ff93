import { isSuccess } from "@/domain/delivery/outcome";
import { failureWord } from "./failure-word";

type Outcome = { code: string; count: number };

/** What failed attempts came to, each code with its own count: `24 × 422, 1 × 502`. Empty when none failed. */
export const countWords = (outcomes: Outcome[]): string => failedOf(outcomes).map(countWord).join(", ");

export const failedOf = (outcomes: Outcome[]) => outcomes.filter(({ code }) => !isSuccess(Number(code)));

export const countWord = ({ code, count }: Outcome) => `${count.toLocaleString("en")} × ${codeWord(code)}`;

const codeWord = (code: string) => (/^\d+$/.test(code) ? code : failureWord(null, code));

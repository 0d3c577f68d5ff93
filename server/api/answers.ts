import { tooLarge } from "@/domain/errors";
import { answerLimits } from "@/domain/limits";

/** Of all answers to one request together, about: 100 batches at once still fit into a small machine. */
const maxAnswerBytes = answerLimits.batchBytes;

/** What the calls of one request have been answered. */
export type Answers = {
  /**
   * Answers a query after those before it, so that one answer is made at a time. Throws ApiError 413 when those
   * before it fill the request's answer; the first is always made, and bounds itself.
   */
  inTurn<Answer extends { data: unknown }>(answer: () => Promise<Answer>): Promise<Answer>;
};

export function createAnswers(): Answers {
  let turn: Promise<unknown> = Promise.resolve();
  let bytes = 0;
  /** Not measured until another query asks: most requests make only one. */
  let latest: unknown;

  return {
    inTurn(answer) {
      const mine = turn.then(() => makeNext(answer));
      turn = mine.catch(() => {});
      return mine;
    },
  };

  async function makeNext<Answer extends { data: unknown }>(answer: () => Promise<Answer>): Promise<Answer> {
    bytes += JSON.stringify(latest)?.length ?? 0;
    latest = undefined;
    if (bytes >= maxAnswerBytes) throw tooLarge(isFull);
    const made = await answer();
    latest = made.data;
    return made;
  }
}

const isFull = "The answers before this one fill the batch. Ask for this one alone, or for less.";

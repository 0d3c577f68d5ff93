import Link from "next/link";
import { countWord, failedOf } from "@/app/_components/status/count-words";
import { behindAttempts } from "./behind-attempts";

/** What failed attempts of a time came to, `24 × 422, 1 × 502`, each a link to the deliveries behind it, and down to their list. */
export function FailedAnswers({
  outcomes,
  ...time
}: {
  outcomes: { code: string; count: number }[];
  webhookId: string;
  from: string;
  to: string;
}) {
  return failedOf(outcomes).map((outcome, index) => (
    <span key={outcome.code}>
      {index > 0 && <span>, </span>}
      <Link
        href={`${behindAttempts({ ...time, outcome: "failed", answer: outcome.code })}#deliveries`}
        className="underline underline-offset-2"
      >
        {countWord(outcome)}
      </Link>
    </span>
  ));
}

import type { Cause } from "@/domain/diagnosis/cause";
import { saidTypically } from "@/domain/diagnosis/typical";

/** One cause: what it means, what to do, how to tell it, and where it was seen. */
export function CauseArticle({ cause }: { cause: Cause }) {
  const { code, tellApart, seen } = cause;
  const { meaning, nextStep } = saidTypically(cause);
  return (
    <article
      aria-labelledby={code}
      className="grid grid-cols-[minmax(0,1fr)] gap-1.5 border-t border-line pt-4 wrap-anywhere"
    >
      <h2 id={code} translate="no" className="mono scroll-mt-6 font-semibold">
        <a href={`#${code}`}>{code}</a>
      </h2>
      <p className="font-medium">{meaning}</p>
      <p>{nextStep}</p>
      {tellApart && (
        <p className="text-muted">
          <span className="font-medium">How to tell:</span> <span>{tellApart}</span>
        </p>
      )}
      <div className="text-sm text-muted">
        <h3 className="sr-only">Seen</h3>
        <ul className="grid gap-0.5">
          {seen.map((where) => (
            <li key={where}>{`Seen: ${where}`}</li>
          ))}
        </ul>
      </div>
    </article>
  );
}

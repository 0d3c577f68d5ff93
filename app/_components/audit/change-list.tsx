import { ClockTime } from "@/app/_components/time/clock-time";
import { changeLines, fieldName, isTime } from "./audit-words";
import type { AuditEntry } from "./types";

/** Each field before and after, or what was asked for. */
export function ChangeList({ entry }: { entry: AuditEntry }) {
  const lines = changeLines(entry);
  if (lines.length === 0) return null;
  return (
    <dl className="mt-1 grid gap-0.5 text-sm">
      {lines.map(({ field, from, to }) => (
        <div key={field} className="flex flex-wrap gap-x-2">
          <dt className="text-faint">{fieldName(field)}</dt>
          <dd translate="no" className="flex min-w-0 flex-wrap gap-x-2">
            {from !== null && (
              <del className="mono wrap-anywhere text-faint">
                <Value field={field} value={from} />
              </del>
            )}
            {from !== null && to !== null && (
              <span aria-hidden className="text-faint">
                →
              </span>
            )}
            {to !== null && (
              <ins className="mono wrap-anywhere no-underline">
                <Value field={field} value={to} />
              </ins>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Value({ field, value }: { field: string; value: string }) {
  return isTime(field) ? <ClockTime at={value} /> : value;
}

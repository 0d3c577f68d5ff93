import Link from "next/link";
import { ClockTime } from "@/app/_components/time/clock-time";
import { RelativeTime } from "@/app/_components/time/relative-time";
import { Cell, Row } from "@/app/_components/ui/table";
import { actorName, deedOf } from "./audit-words";
import { ChangeList } from "./change-list";
import type { AuditEntry } from "./types";

/** How what was changed is shown: not on its own page, and as a link where it still has one. */
type SubjectLook = "untold" | "named" | "linked";

/** One change: when, who did what to what, and from where. */
export function AuditRow({ entry, subject }: { entry: AuditEntry; subject: SubjectLook }) {
  return (
    <Row className="align-top">
      <Cell className="whitespace-nowrap">
        <ClockTime at={entry.at} className="block tabular-nums" />
        <RelativeTime at={entry.at} className="text-sm text-faint" />
      </Cell>
      <Cell>
        <p className="wrap-anywhere">
          <span translate="no" className="font-medium">
            {actorName(entry.by)}
          </span>{" "}
          <span>{deedOf(entry)}</span>{" "}
          {subject !== "untold" && <Subject subject={entry.subject} isLinked={subject === "linked"} />}
        </p>
        <ChangeList entry={entry} />
        <p className="mt-1 text-sm text-faint md:hidden">
          <Origin by={entry.by} />
        </p>
      </Cell>
      <Cell className="hidden max-w-56 min-w-36 text-sm text-muted md:table-cell">
        <Origin by={entry.by} />
      </Cell>
    </Row>
  );
}

function Subject({ subject, isLinked }: { subject: AuditEntry["subject"]; isLinked: boolean }) {
  if (subject.name === null) return null;
  const name = subject.name.replace("https://", "");
  return isLinked ? (
    <Link
      href={`/dashboard/webhooks/${subject.id}?tab=audit`}
      translate="no"
      className="mono text-accent hover:underline"
    >
      {name}
    </Link>
  ) : (
    <span translate="no" className="mono text-muted">
      {name}
    </span>
  );
}

/** Nothing where nobody asked over HTTP, and for who may not see it. */
function Origin({ by: { email, address, user_agent } }: { by: AuditEntry["by"] }) {
  return (
    <span translate="no" className="grid">
      {email && <span className="truncate">{email}</span>}
      {address && <span className="mono wrap-anywhere">{address}</span>}
      {user_agent && (
        <span title={user_agent} className="truncate text-faint">
          {user_agent}
        </span>
      )}
    </span>
  );
}

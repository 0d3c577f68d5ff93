import { anchor } from "../_markdown/anchor";
import type { Group } from "./groups";

const otherParts = ["Receiving", "Objects", "Errors"];

/** The parts of the reference: every call, and what holds for all of them. */
export function CallContents({ groups }: { groups: Group[] }) {
  return (
    <ul className="my-1 grid gap-1 border-l border-line pl-3">
      <Entry name="Basics" />
      {groups.map(({ name, calls }) => (
        <li key={name} className="grid gap-1">
          <PartLink name={name} />
          <ul className="grid gap-1 border-l border-line pl-3">
            {calls.map(({ operation }) => (
              <li key={operation.operationId}>
                <a href={`#${anchor(operation.operationId)}`} className="text-muted hover:text-ink">
                  {operation.summary}
                </a>
              </li>
            ))}
          </ul>
        </li>
      ))}
      {otherParts.map((name) => (
        <Entry key={name} name={name} />
      ))}
    </ul>
  );
}

function Entry({ name }: { name: string }) {
  return (
    <li>
      <PartLink name={name} />
    </li>
  );
}

function PartLink({ name }: { name: string }) {
  return (
    <a href={`#${anchor(name)}`} className="font-medium hover:text-accent">
      {name}
    </a>
  );
}

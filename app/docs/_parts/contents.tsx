import { sitePath } from "../../_components/url/site-path";
import { anchor, type Group } from "./groups";

const otherParts = ["Receiving", "Objects", "Errors"];

/** The page's contents, beside it. */
export function Contents({ groups }: { groups: Group[] }) {
  return (
    <nav aria-label="Contents" className="hidden md:block">
      <div className="sticky top-6 grid max-h-[calc(100vh-3rem)] gap-4 overflow-y-auto pb-6 text-sm">
        <a href={sitePath("/")} className="text-base font-semibold">
          Fanfare
        </a>
        <Entry name="Basics" />
        {groups.map(({ name, calls }) => (
          <div key={name} className="grid gap-1">
            <Entry name={name} />
            <ul className="grid gap-1 border-l border-line pl-3">
              {calls.map(({ operation }) => (
                <li key={operation.operationId}>
                  <a href={`#${anchor(operation.operationId)}`} className="text-muted hover:text-ink">
                    {operation.summary}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        ))}
        {otherParts.map((name) => (
          <Entry key={name} name={name} />
        ))}
        <a href={sitePath("/docs/causes")} className="font-medium hover:text-accent">
          Causes of failures
        </a>
      </div>
    </nav>
  );
}

function Entry({ name }: { name: string }) {
  return (
    <a href={`#${anchor(name)}`} className="font-medium hover:text-accent">
      {name}
    </a>
  );
}

/** One line of a bar chart: a name, a number in words, and a bar of the good and the bad share. */
export function ShareBar({
  name,
  words,
  good,
  bad,
}: {
  name: string;
  words: string;
  good: number;
  bad: number;
}) {
  return (
    <li>
      <div className="flex gap-3">
        <span translate="no" className="mono min-w-0 grow truncate">
          {name}
        </span>
        <span className="whitespace-nowrap text-muted">{words}</span>
      </div>
      <div aria-hidden className="mt-1 flex h-1.5 overflow-hidden rounded-sm bg-off-ground">
        <span className="bg-ok-bar" style={{ width: `${good * 100}%` }} />
        <span className="bg-bad-bar" style={{ width: `${bad * 100}%` }} />
      </div>
    </li>
  );
}

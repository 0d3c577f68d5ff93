import Link from "next/link";

/** One line of a bar chart: a name, a number in words, and a bar of the good and the bad share. It leads to what it counts. */
export function ShareBar({
  name,
  words,
  good,
  bad,
  href,
}: {
  name: string;
  words: string;
  good: number;
  bad: number;
  href: string;
}) {
  return (
    <li className="relative">
      <div className="flex gap-3">
        <Link
          href={href}
          prefetch={false}
          translate="no"
          className="mono min-w-0 grow truncate after:absolute after:inset-0 hover:underline"
        >
          {name}
        </Link>
        <span className="whitespace-nowrap text-muted">{words}</span>
      </div>
      <div aria-hidden className="mt-1 flex h-1.5 overflow-hidden rounded-sm bg-off-ground">
        <span className="bg-ok-bar" style={{ width: `${good * 100}%` }} />
        <span className="bg-bad-bar" style={{ width: `${bad * 100}%` }} />
      </div>
    </li>
  );
}

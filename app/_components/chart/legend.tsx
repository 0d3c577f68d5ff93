import { classNames } from "@/app/_components/ui/class-names";

/**
 * Which colour stands for what, and beside it what it comes to where somebody points, or in all. The place of each is as
 * wide as it may need, so that nothing moves.
 */
export function Legend({
  span,
  names,
}: {
  span: string;
  names: { name: string; colour: string; value: string }[];
}) {
  return (
    <div className="mb-3 flex flex-wrap items-baseline gap-x-4 gap-y-1 text-xs text-muted">
      <ul className="flex flex-wrap gap-x-4">
        {names.map(({ name, colour, value }) => (
          <li key={name} className="flex items-center gap-1.5">
            <span aria-hidden className={classNames("size-2 rounded-sm", colour)} />
            <span>{name}</span>
            <span className="min-w-14 font-medium text-ink">{value}</span>
          </li>
        ))}
      </ul>
      <span className="ml-auto whitespace-nowrap">{span}</span>
    </div>
  );
}

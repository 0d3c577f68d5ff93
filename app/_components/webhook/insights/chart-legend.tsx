/** Which colour stands for what. */
export function ChartLegend({ names }: { names: { name: string; colour: string }[] }) {
  return (
    <ul className="mb-2 flex flex-wrap gap-x-4 text-xs text-muted">
      {names.map(({ name, colour }) => (
        <li key={name} className="flex items-center gap-1.5">
          <span aria-hidden className="size-2 rounded-sm" style={{ background: colour }} />
          <span>{name}</span>
        </li>
      ))}
    </ul>
  );
}

/** The values at one place of a chart. */
export function ChartTooltip({
  title,
  values,
}: {
  title: string;
  values: { name: string; value: string; color: string | undefined }[];
}) {
  return (
    <div className="rounded-md border border-line-strong bg-panel px-2.5 py-1.5 text-sm">
      <div className="font-medium">{title}</div>
      {values.map(({ name, value, color }) => (
        <div key={name} className="flex items-center gap-2">
          <span aria-hidden className="size-2 rounded-sm" style={{ background: color }} />
          <span className="text-muted">{name}</span>
          <span className="ml-auto pl-3">{value}</span>
        </div>
      ))}
    </div>
  );
}

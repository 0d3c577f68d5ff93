/** HTTP headers as lines, above the body they belong to. They are text, whatever a server put into them. */
export function HeaderLines({
  method,
  url,
  headers,
}: {
  method?: string;
  url?: string | null;
  headers: Record<string, string | string[]>;
}) {
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((one) => ({ name, value: one })),
  );
  return (
    <>
      {method && url && (
        <>
          <span className="text-faint">{method}</span> <span>{url}</span>
          {"\n"}
        </>
      )}
      {lines.map(({ name, value }, index) => (
        <span key={`${name}-${String(index)}`}>
          <span className="text-faint">{name}</span> <span>{value}</span>
          {"\n"}
        </span>
      ))}
    </>
  );
}

const width = 96;
const height = 22;
const step = 4;
const barWidth = 2.8;

/** Attempts per hour as small bars, failed ones in red at the bottom; the words beside it carry the numbers. */
export function Sparkline({ hours }: { hours: { delivered: number; failed: number }[] }) {
  const most = Math.max(1, ...hours.map(({ delivered, failed }) => delivered + failed));
  const total = hours.reduce((sum, { delivered, failed }) => sum + delivered + failed, 0);
  const failed = hours.reduce((sum, hour) => sum + hour.failed, 0);
  return (
    <svg width={width} height={height} role="img" aria-label={`${total} attempts in 24 h, ${failed} failed`}>
      {hours.map((hour, index) => (
        <HourBar key={String(index)} hour={hour} most={most} x={index * step} />
      ))}
    </svg>
  );
}

function HourBar({
  hour,
  most,
  x,
}: {
  hour: { delivered: number; failed: number };
  most: number;
  x: number;
}) {
  const all = hour.delivered + hour.failed;
  if (all === 0) return <rect x={x} y={height - 2} width={barWidth} height={2} className="fill-off-bar" />;
  const barHeight = Math.max(3, (all / most) * height);
  const badHeight = hour.failed === 0 ? 0 : Math.max(2, (hour.failed / all) * barHeight);
  return (
    <>
      <rect x={x} y={height - barHeight} width={barWidth} height={barHeight} rx={1} className="fill-ok-bar" />
      {badHeight > 0 && (
        <rect
          x={x}
          y={height - badHeight}
          width={barWidth}
          height={badHeight}
          rx={1}
          className="fill-bad-bar"
        />
      )}
    </>
  );
}

const dotPx = 4;

/**
 * Lines over the columns of a plot, each value in the middle of its column. A line breaks where there is no value, and
 * a value without neighbours is a dot.
 */
export function Lines({
  lines,
  top,
}: {
  lines: { name: string; colour: string; values: (number | null)[] }[];
  /** The value at the top of the plot. */
  top: number;
}) {
  const count = Math.max(1, ...lines.map(({ values }) => values.length));
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${count} 1`}
      preserveAspectRatio="none"
      className="absolute inset-0 size-full overflow-visible"
    >
      {lines.map(({ name, colour, values }) => (
        <g key={name} fill="none" className={colour}>
          <path d={pathOf(values, top)} strokeWidth={1.5} vectorEffect="non-scaling-stroke" />
          <path
            d={dotsOf(values, top)}
            strokeWidth={dotPx}
            strokeLinecap="round"
            vectorEffect="non-scaling-stroke"
          />
        </g>
      ))}
    </svg>
  );
}

const pointOf = (value: number, index: number, top: number) => `${index + 0.5} ${1 - value / top}`;

function pathOf(values: (number | null)[], top: number): string {
  return values
    .map((value, index) => {
      if (value === null) return "";
      const isOn = index > 0 && typeof values[index - 1] === "number";
      return `${isOn ? "L" : "M"}${pointOf(value, index, top)}`;
    })
    .join("");
}

/** Lines of no length with round ends stay round however the plot is stretched. */
const dotsOf = (values: (number | null)[], top: number) =>
  values.map((value, index) => (value === null ? "" : `M${pointOf(value, index, top)}h0`)).join("");

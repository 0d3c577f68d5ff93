import type { Attempt } from "./types";

const phases = [
  { key: "dns", label: "DNS", colour: "bg-off-solid" },
  { key: "connect", label: "Connect", colour: "bg-accent-solid" },
  { key: "tls", label: "TLS", colour: "bg-accent/60" },
  { key: "first_byte", label: "First byte", colour: "bg-warn-bar" },
  { key: "body", label: "Body", colour: "bg-ok-bar" },
] as const;

/** Where the time of an attempt went, phase by phase. A phase that did not happen is left out. */
export function Waterfall({ attempt }: { attempt: Attempt }) {
  const parts = phases.flatMap((phase) => {
    const ms = attempt.timings[phase.key];
    return ms === null ? [] : [{ ...phase, ms }];
  });
  if (parts.length === 0) return null;
  return (
    <div>
      <div aria-hidden className="flex h-2.5 gap-px overflow-hidden rounded-[5px]">
        {parts.map(({ key, colour, ms }) => (
          <span
            key={key}
            className={`min-w-[3px] ${colour}`}
            style={{ flexGrow: Math.max(ms, 0.01), flexBasis: 0 }}
          />
        ))}
      </div>
      <dl className="mt-1 flex flex-wrap gap-x-3.5 text-xs text-faint">
        {parts.map(({ key, label, colour, ms }) => (
          <div key={key} className="flex items-center gap-1">
            <span aria-hidden className={`size-2 rounded-sm ${colour}`} />
            <dt>{label}</dt>
            <dd>{`${phaseWords(ms)} ms`}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

const phaseWords = (ms: number) => (ms < 10 ? Number(ms.toFixed(1)) : Math.round(ms));

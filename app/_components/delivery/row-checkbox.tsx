"use client";

/** The box that chooses a row, above the link that covers it. A plain one: a long list draws many at a time. */
export function RowCheckbox({
  label,
  state,
  disabled = false,
  onToggle,
}: {
  label: string;
  state: boolean | "some";
  disabled?: boolean;
  onToggle: (isRange: boolean) => void;
}) {
  return (
    <input
      type="checkbox"
      aria-label={label}
      ref={(box) => {
        if (box) box.indeterminate = state === "some";
      }}
      checked={state === true}
      disabled={disabled}
      // A click tells of the shift key, which a change does not; the space bar clicks too.
      onClick={(event) => onToggle(event.shiftKey)}
      onChange={() => {}}
      className="relative z-10 block size-4 cursor-pointer accent-accent-solid disabled:cursor-default"
    />
  );
}

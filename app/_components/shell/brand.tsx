/** The name and its mark: one line that fans out. */
export function Brand() {
  return (
    <span translate="no" className="flex items-center gap-2 text-[0.9375rem] font-semibold tracking-tight">
      <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
        <path
          d="M2 9h5M7 9l8-6M7 9h9M7 9l8 6"
          className="stroke-accent"
          strokeWidth="2"
          fill="none"
          strokeLinecap="round"
        />
      </svg>
      <span>Fanfare</span>
    </span>
  );
}

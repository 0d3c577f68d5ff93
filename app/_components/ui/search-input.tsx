import type { Ref } from "react";
import { Input } from "./input";
import { Kbd } from "./kbd";

/** A search field with its `/` hint; Esc leaves it. */
export function SearchInput({
  label,
  placeholder = "Search",
  value,
  onChange,
  ref,
}: {
  label: string;
  placeholder?: string;
  value: string;
  onChange: (value: string) => void;
  ref?: Ref<HTMLInputElement>;
}) {
  return (
    <div className="relative min-w-0 grow sm:grow-0">
      <Input
        ref={ref}
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
        className="sm:w-40 min-[1400px]:w-52"
      />
      {value === "" && (
        <span className="pointer-events-none absolute top-1.5 right-2 text-faint">
          <Kbd>/</Kbd>
        </span>
      )}
    </div>
  );
}

import { Fragment } from "react";

/** An event type or an address of mail: where room is short it breaks after `_` and `@`, and not inside of words. */
export function BreakableName({ name }: { name: string }) {
  return (
    <span translate="no" className="wrap-anywhere">
      {name.split(/(?<=[_@])/).map((word, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the words of a name have no other identity.
        <Fragment key={index}>
          {index > 0 && <wbr />}
          <span>{word}</span>
        </Fragment>
      ))}
    </span>
  );
}

import { Fragment } from "react";

/** A name of words with underscores, as event types have: where room is short it breaks between them, not inside. */
export function BreakableName({ name }: { name: string }) {
  return (
    <span translate="no" className="wrap-break-word">
      {name.split(/(?<=_)/).map((word, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the words of a name have no other identity.
        <Fragment key={index}>
          {index > 0 && <wbr />}
          <span>{word}</span>
        </Fragment>
      ))}
    </span>
  );
}

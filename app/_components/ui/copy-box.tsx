import { CopyButton } from "./copy-button";

/** A text that is shown once, in full, beside its copy button, which has the focus when a dialog opens. */
export function CopyBox({ text }: { text: string }) {
  return (
    <div className="flex items-center gap-2 rounded-lg border border-line bg-sunken p-2 pl-3">
      <code translate="no" className="mono min-w-0 grow break-all">
        {text}
      </code>
      <CopyButton text={text} data-autofocus>
        Copy
      </CopyButton>
    </div>
  );
}

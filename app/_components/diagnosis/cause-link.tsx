import { sitePath } from "@/app/_components/url/site-path";

/** The code of a cause, which leads to all that is known of it. */
export function CauseLink({ code }: { code: string }) {
  return (
    <a
      href={sitePath(`/docs/causes#${code}`)}
      target="_blank"
      rel="noreferrer"
      translate="no"
      className="font-mono text-xs text-muted underline decoration-line-strong underline-offset-2 hover:text-ink"
    >
      {code}
    </a>
  );
}

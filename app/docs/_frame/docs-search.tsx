import { Input } from "../../_components/ui/input";
import { sitePath } from "../../_components/url/site-path";

/** A search through the documentation, which works without a line of JavaScript. */
export function DocsSearch({ query = "" }: { query?: string | undefined }) {
  return (
    <search className="min-w-0 grow">
      <form action={sitePath("/docs/search")}>
        <Input
          type="search"
          name="q"
          aria-label="Search the documentation"
          placeholder="Search"
          defaultValue={query}
        />
      </form>
    </search>
  );
}

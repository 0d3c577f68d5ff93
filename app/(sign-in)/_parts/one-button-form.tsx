import { Button } from "@/app/_components/ui/button";
import { sitePath } from "@/app/_components/url/site-path";

/** A plain form with nothing to fill in, which works before the page is awake. */
export function OneButtonForm({ action, label }: { action: string; label: string }) {
  return (
    <form method="post" action={sitePath(action)}>
      <Button type="submit" look="primary" className="h-9 w-full justify-center">
        {label}
      </Button>
    </form>
  );
}

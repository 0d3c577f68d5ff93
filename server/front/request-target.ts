/**
 * The path and query of a request's target, which may be written as a whole address (RFC 9112, 3.2.2: whose host
 * then counts for nothing here). Null for what is no path, such as `*`.
 */
export function pathOf(target: string): string | null {
  if (target.startsWith("/")) return target;
  if (!/^https?:\/\//i.test(target) || !URL.canParse(target)) return null;
  const { pathname, search } = new URL(target);
  return `${pathname}${search}`;
}

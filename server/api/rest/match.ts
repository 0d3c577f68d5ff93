import { type Route, routes } from "./routes";

export type Match = { routes: Route[]; params: Record<string, string> };

type Pattern = { segments: string[]; routes: Route[] };

const patterns: Pattern[] = [...new Set(routes.map(({ path }) => path))].map((path) => ({
  segments: path.split("/"),
  routes: routes.filter((route) => route.path === path),
}));

/** The calls of a path, whatever their method, with the path's parameters; null when there are none. */
export function matchPath(pathname: string): Match | null {
  const segments = pathname.split("/").map(decodeSegment);
  for (const pattern of patterns) {
    const params = matchSegments(pattern.segments, segments);
    if (params) return { routes: pattern.routes, params };
  }
  return null;
}

function matchSegments(template: string[], given: (string | null)[]): Record<string, string> | null {
  if (template.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of template.entries()) {
    const value = given[index];
    if (!value && part !== "") return null;
    if (part.startsWith("{")) params[part.slice(1, -1)] = value ?? "";
    else if (part !== value) return null;
  }
  return params;
}

/** Null for a malformed escape, which fits no path. */
function decodeSegment(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}

/** What `Allow` says of a path. */
export function allowedMethods(onPath: Route[]): string {
  const methods = onPath.flatMap(({ method }) => (method === "GET" ? ["GET", "HEAD"] : [method]));
  return [...methods, "OPTIONS"].join(", ");
}

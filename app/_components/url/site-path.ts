/** The path of PUBLIC_URL, which the build of the web app knows: see next.config.mjs. */
// biome-ignore lint/style/noProcessEnv: the build puts the path in its place.
const basePath = process.env.BASE_PATH ?? "";

/** A path of ours as the browser asks for it. Next's links, routes and redirects do that by themselves. */
export const sitePath = (path: string) => `${basePath}${path}`;

/** The path of ours that the browser's location names, as pages and links know it. */
export const ownPath = ({ pathname }: Pick<Location, "pathname">) =>
  pathname === basePath || pathname.startsWith(`${basePath}/`)
    ? pathname.slice(basePath.length) || "/"
    : pathname;

/** Where cookies of ours belong. */
export const cookiePath = basePath || "/";

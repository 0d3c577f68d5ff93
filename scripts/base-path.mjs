/** What a path may be made of: nothing that browsers, proxies and Next could write in two ways. */
const plainPath = /^(\/[\w.~-]+)*$/;

/** The path of PUBLIC_URL, under which everything is reached, such as "/fanfare"; "" when it has none that can be used. */
export function basePathOf(publicUrl = "") {
  const path = URL.canParse(publicUrl) ? new URL(publicUrl).pathname.replace(/\/$/, "") : "";
  return plainPath.test(path) ? path : "";
}

/** The folder of the web app that is built for a base path. Next writes the path into what it builds. */
export const webFolderOf = (basePath) =>
  basePath === "" ? ".next" : `.next-at/${basePath.slice(1).replaceAll("/", "+")}`;

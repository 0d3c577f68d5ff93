import { basePathOf, webFolderOf } from "./scripts/base-path.mjs";

const basePath = basePathOf(process.env.PUBLIC_URL);
const distDir = webFolderOf(basePath);

/** @type {import("next").NextConfig} */
const config = {
  basePath,
  distDir,
  // What runs in the browser reads it in app/_components/url/site-path.ts.
  env: { BASE_PATH: basePath },
  // Each page of the documentation is there in Markdown as well: https://llmstxt.org
  rewrites: async () => [
    { source: "/docs.md", destination: "/docs/markdown/docs" },
    { source: "/docs/:page.md", destination: "/docs/markdown/:page" },
  ],
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  images: { unoptimized: true },
  // What was built may belong to somebody else, or to a file system that nobody can write to.
  experimental: { isrFlushToDisk: false },
  typescript: {
    // Types are checked by `npm run check`; a start should not pay for it again.
    ignoreBuildErrors: true,
    // Next adds its folder to this file, which must not change with every path.
    ...(basePath !== "" && { tsconfigPath: `${distDir}.tsconfig.json` }),
  },
  // `?raw` imports a file as its text: the documentation shows what the tests run, and no copy of it.
  turbopack: { rules: { "*": { condition: { query: "?raw" }, type: "text" } } },
  serverExternalPackages: ["better-sqlite3", "pg", "pino"],
};

export default config;

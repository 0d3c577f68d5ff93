import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { sources } from "@/scripts/build.mjs";
import { openApiDocument } from "@/server/api/openapi/document";
import { DocsNavigation } from "./_frame/docs-navigation";
import { shownFiles } from "./_guides/shown-files";
import { Markdown } from "./_markdown/markdown";
import { llmsText } from "./_pages/llms";
import { markdownOf } from "./_pages/markdown-of";
import { pageGroups } from "./_pages/pages";
import { findInDocs } from "./_search/find";

const site = { version: "1.2.3", publicUrl: "https://example.com/fanfare" };
const groups = pageGroups(site);
const pages = groups.flatMap((group) => group.pages);
const paths = pages.map(({ path }) => path);

/** Places of the documentation's pages, as HTML has them. */
const places = new Set(
  pages
    .flatMap(({ path, parts }) => [path, ...parts.map(({ id }) => `${path}#${id}`)])
    .concat("/docs#errors"),
);

describe("every page", () => {
  test("is in the navigation once, which knows the one that is open", () => {
    const navigation = renderToStaticMarkup(
      createElement(DocsNavigation, { current: "/docs/first-delivery" }),
    );
    for (const path of paths) expect(navigation.split(`href="${path}"`), path).toHaveLength(2);
    expect(navigation.match(/href="[^"]*"(?= aria-current="page")/g)).toEqual([
      'href="/docs/first-delivery"',
    ]);
  });

  test.each(pages.map((page) => [page.path, page] as const))(
    "%s leads to places that there are",
    (_, page) => {
      const text = page.parts.map((part) => part.text).join("\n");
      const links = [...text.matchAll(/\]\((\/docs[^)]*)\)/g)].map(([, to = ""]) => to);
      expect(links.filter((to) => !places.has(to))).toEqual([]);
      expect(text).not.toContain("{{");
      expect(text.startsWith("# ")).toBe(true);
    },
  );

  test("has the address of this installation", () => {
    const text = pages.flatMap(({ parts }) => parts.map((part) => part.text)).join("\n");
    expect(text).toContain("curl https://example.com/fanfare/webhooks");
  });
});

describe("what is shown of other files", () => {
  test.each(Object.entries(shownFiles).filter(([name]) => existsSync(name)))(
    "%s is that file",
    (name, text) => {
      expect(text).toBe(readFileSync(name, "utf8"));
      expect(sources).toContain(name);
      expect(pages.some(({ parts }) => parts.some((part) => part.text.includes(text.trim())))).toBe(true);
    },
  );

  test("is every receiver of examples/", () => {
    const receivers = readdirSync("examples").filter((name) => name.endsWith(".ts"));
    expect(Object.keys(shownFiles)).toEqual(
      expect.arrayContaining(receivers.map((name) => `examples/${name}`)),
    );
  });
});

describe("llms.txt", () => {
  const text = llmsText(site);

  test("is as llmstxt.org says: a name, a summary, and lists of links", () => {
    const [name, summary] = text.split("\n\n");
    expect(name).toBe("# Fanfare");
    expect(summary).toMatch(/^> ./);
    const sections = text.split(/^## /m).slice(1);
    expect(sections.map((section) => section.split("\n")[0])).toEqual(groups.map(({ title }) => title));
    for (const section of sections) {
      const [, , ...links] = section.trimEnd().split("\n");
      expect(links.filter((link) => !/^- \[[^\]]+\]\(https:[^)]+\): ./.test(link))).toEqual([]);
    }
  });

  test("leads to each page in Markdown", () => {
    const links = [...text.matchAll(/\]\((.*?)\)/g)].map(([, to]) => to);
    expect(links).toEqual(paths.map((path) => `${site.publicUrl}${path}.md`));
  });
});

test("in Markdown, links lead on in Markdown, and out with the whole address", () => {
  const page = { path: "/docs/x", title: "X", summary: "", parts: [{ id: "x", title: "X", text: sample }] };
  expect(markdownOf(page, site)).toBe(
    [
      "# X",
      "[one](https://example.com/fanfare/docs/causes.md#dns_error) [two](https://example.com/fanfare/docs.md)",
      "[three](https://example.com/fanfare/dashboard/keys) [four](https://standardwebhooks.com)\n",
    ].join("\n"),
  );
});

const sample = `# X
[one](/docs/causes#dns_error) [two](/docs)
[three](/dashboard/keys) [four](https://standardwebhooks.com)`;

test("a table, a list, code and a link are drawn as such, and HTML is not", () => {
  const text =
    "## A b\n\n- x `y`\n\n| a | b |\n|---|---|\n| **c** | [d](/docs) |\n\n```ts\nconst x = 1;\n```\n\n<b>no</b>";
  const drawn = renderToStaticMarkup(createElement(Markdown, { text }));
  expect(drawn).toContain('<h2 id="a-b"');
  expect(drawn).toContain(">y</code>");
  expect(drawn).toContain("<strong><span>c</span></strong>");
  expect(drawn).toContain('href="/docs"');
  expect(drawn).toContain('<span class="text-code-key">const</span>');
  expect(drawn).not.toContain("<b>");
});

describe("search", () => {
  const find = (query: string) => findInDocs(query, site).map(({ path }) => path);

  test("finds words wherever they stand, those in a title first", () => {
    expect(find("rotate secret")[0]).toBe("/docs/rotate-secrets#rotate-a-secret");
    expect(find("express RAW body")).toContain("/docs/receive-express-5#receive-in-express-5");
    expect(find("certificate_expired").length).toBeGreaterThan(0);
    expect(find("nothing-like-this")).toEqual([]);
    expect(find("  ")).toEqual([]);
  });

  test("leads to what is there", () => {
    const document = openApiDocument(site);
    const calls = Object.values(document.paths).flatMap((methods) => Object.values(methods));
    for (const { operationId, summary } of calls) {
      const id = `/docs#${operationId.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}`;
      expect(places.has(id), id).toBe(true);
      expect(findInDocs(summary, site).map(({ path }) => path)).toContain(id);
    }
  });
});

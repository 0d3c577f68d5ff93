import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { causes } from "@/domain/diagnosis/causes";
import { hints } from "@/domain/diagnosis/hints";
import { agentCauses } from "./_parts/agent-causes";
import CausesPage from "./page";

const all = [...causes, ...agentCauses, ...hints];
const page = renderToStaticMarkup(createElement(CausesPage));

test.each(all.map(({ code }) => code))(
  "%s is on the page, where a link to it leads, and in its contents",
  (code) => {
    expect(page).toContain(`<h2 id="${code}"`);
    expect(page.split(`href="#${code}"`)).toHaveLength(3);
  },
);

test("the page says of each cause where it was seen", () => {
  const count = all.reduce((sum, { seen }) => sum + seen.length, 0);
  expect(page.split("<li>Seen: ")).toHaveLength(count + 1);
});

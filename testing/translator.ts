import { expect, type Page } from "playwright/test";

/**
 * Translates every page that is opened from now on, as browsers do: each text is replaced by elements with another
 * one, again whenever it changes, except where the page says `translate="no"`. The words stay the same.
 */
export async function translatePages(page: Page): Promise<void> {
  await page.addInitScript(translateOnceAwake);
}

/** Waits until the page was translated. */
export async function waitForTranslation(page: Page): Promise<void> {
  await expect(page.locator("main font").first()).toBeAttached();
}

/**
 * The texts in the page for which React keeps a text node of its own, which a translator takes away from under it.
 * Where a text fills an element alone, React keeps none.
 */
export function looseTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    type Fiber = { tag: number; memoizedProps: unknown; child: Fiber; sibling: Fiber; return: Fiber };
    type Held = { translate?: string };
    const textTag = 6;
    const root = document.documentElement as unknown as Record<string, Fiber>;
    const key = Object.keys(root).find((name) => name.startsWith("__reactFiber"));
    const found: string[] = [];
    const walk = (fiber: Fiber | null) => {
      for (let each = fiber; each; each = each.sibling) {
        const isText = each.tag === textTag && String(each.memoizedProps).trim() !== "";
        if (isText) found.push(String(each.memoizedProps));
        if (!isText && (each.memoizedProps as Held | null)?.translate !== "no") walk(each.child);
      }
    };
    if (!key) throw new Error("React does not hold this page.");
    walk(root[key]?.child ?? null);
    return found;
  });
}

/** Runs in the page. Translators begin when a page is read, not while it wakes up. */
function translateOnceAwake(): void {
  const untouched = "script, style, title, textarea, svg, font, [translate=no]";
  const translate = (text: Text) => {
    if (text.data.trim() === "" || !text.parentElement || text.parentElement.closest(untouched)) return;
    const [outer, inner] = [document.createElement("font"), document.createElement("font")];
    inner.textContent = text.data;
    outer.append(inner);
    text.replaceWith(outer);
  };
  const translateUnder = (node: Node) => {
    const texts: Text[] = [];
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    for (let each: Node | null = node; each; each = walker.nextNode())
      if (each instanceof Text) texts.push(each);
    texts.forEach(translate);
  };
  const begin = () => {
    translateUnder(document.body);
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes)
        for (const node of [target, ...addedNodes])
          if (node.isConnected && (node !== target || node instanceof Text)) translateUnder(node);
    }).observe(document.body, { childList: true, characterData: true, subtree: true });
  };
  document.addEventListener("awake", () => requestIdleCallback(() => requestIdleCallback(begin)), {
    once: true,
  });
}

"use client";

import { type RefObject, useEffect } from "react";

/** As the style sheet knows them. */
const name = "search-hits";
/** More are no help, and each is drawn. */
const mostHits = 500;

/**
 * Marks a text wherever an element shows it, without a change to its elements: whatever is drawn in there, now or later.
 * A browser that cannot do this shows the same without marks (https://developer.mozilla.org/docs/Web/API/CSS_Custom_Highlight_API).
 */
export function useHighlight(ref: RefObject<HTMLElement | null>, text: string): void {
  useEffect(() => {
    const element = ref.current;
    if (!element || text === "" || !("highlights" in CSS)) return;
    const mark = () => CSS.highlights.set(name, new Highlight(...rangesOf(element, text)));
    mark();
    const observer = new MutationObserver(mark);
    observer.observe(element, { childList: true, subtree: true, characterData: true });
    return () => {
      observer.disconnect();
      CSS.highlights.delete(name);
    };
  }, [ref, text]);
}

function rangesOf(element: HTMLElement, text: string): Range[] {
  const ranges: Range[] = [];
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node && ranges.length < mostHits; node = texts.nextNode()) {
    const content = node.nodeValue ?? "";
    for (let at = content.indexOf(text); at >= 0; at = content.indexOf(text, at + text.length)) {
      const range = new Range();
      range.setStart(node, at);
      range.setEnd(node, at + text.length);
      ranges.push(range);
    }
  }
  return ranges;
}

import { askToCopyByHand } from "./by-hand-state";

/**
 * Puts a text onto the clipboard, after a press. False when the browser allowed no way: then a dialog shows the text
 * selected, to be copied by hand.
 */
export async function copyText(text: string): Promise<boolean> {
  const isCopied = (await writeToClipboard(text)) || copySelected(text);
  if (!isCopied) askToCopyByHand(text);
  return isCopied;
}

/** The clipboard is there over https and on localhost only, and people and policies may refuse it. */
async function writeToClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** The older way, which works over http too: it copies what is selected, and leaves the focus where it is. */
function copySelected(text: string): boolean {
  const put = (event: ClipboardEvent) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    event.clipboardData?.setData("text/plain", text);
  };
  // Something has to be selected, or some browsers copy nothing. What is outside of an open dialog cannot be.
  const place = document.activeElement?.closest("[role=dialog], [role=alertdialog]") ?? document.body;
  const selected = document.createElement("span");
  selected.textContent = text;
  selected.style.cssText =
    "position: fixed; top: 0; clip-path: inset(50%); white-space: pre; user-select: text";
  selected.translate = false;
  place.append(selected);
  const selection = document.getSelection();
  const before = selection?.rangeCount ? selection.getRangeAt(0) : null;
  selection?.selectAllChildren(selected);
  document.addEventListener("copy", put, true);
  try {
    return document.execCommand("copy");
  } finally {
    document.removeEventListener("copy", put, true);
    selection?.removeAllRanges();
    if (before) selection?.addRange(before);
    selected.remove();
  }
}

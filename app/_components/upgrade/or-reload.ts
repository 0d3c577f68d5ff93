import { isServerThere } from "./is-server-there";
import { keepTyped, reloadWithTyped } from "./typed";

/** A part of the page could not be loaded, and a reload is no help. The message says what is. */
export class MissingPart extends Error {
  override name = "MissingPart";
}

/**
 * For a part of the page whose code comes when it is wanted. After an upgrade the server has other files than an open
 * page knows of: the page is then loaded anew, once, with what was typed. When that is no help, throws `MissingPart`.
 */
export function orReload<Part>(part: Promise<Part>): Promise<Part> {
  return part.catch(reloadOrExplain);
}

let isReloading = false;

async function reloadOrExplain(): Promise<never> {
  keepTyped();
  // A reload without a server would take the page away and bring none.
  if (!(await isServerThere())) {
    throw new MissingPart("Fanfare could not be reached. Check your connection, then try again.");
  }
  if (!isReloading && wasJustReloaded()) {
    throw new MissingPart(
      "A part of this page is missing on the server, and a reload did not bring it. Try again in a minute.",
    );
  }
  if (!isReloading) reloadWithTyped();
  isReloading = true;
  // The page is on its way out: nothing more is drawn.
  return new Promise(() => {});
}

const storageKey = "fanfare:reloaded-at";
const newsKey = "fanfare:reloaded";
const minPauseMs = 60_000;

/** Whether a reload was tried right before; if not, it is noted as tried now. */
function wasJustReloaded(): boolean {
  try {
    const last = Number(sessionStorage.getItem(storageKey) ?? 0);
    if (Date.now() - last < minPauseMs) return true;
    sessionStorage.setItem(storageKey, String(Date.now()));
    sessionStorage.setItem(newsKey, "yes");
    return false;
  } catch {
    // A browser that stores nothing still knows how this page came about.
    const [navigation] = performance.getEntriesByType("navigation");
    return navigation instanceof PerformanceNavigationTiming && navigation.type === "reload";
  }
}

/** Whether this page was loaded by such a reload. Asked once, it is told once. */
export function takeReloadNews(): boolean {
  try {
    const isNews = sessionStorage.getItem(newsKey) !== null;
    sessionStorage.removeItem(newsKey);
    return isNews;
  } catch {
    return false;
  }
}

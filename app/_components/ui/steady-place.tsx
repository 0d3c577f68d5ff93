"use client";

import { type ReactNode, useEffect, useRef } from "react";

/**
 * The place of something that changes by itself: it keeps the largest height that this had, so that what is below stays
 * where it is when less is to be said. Begun anew where the width changes.
 */
export function SteadyPlace({ children }: { children: ReactNode }) {
  const placeRef = useRef<HTMLDivElement>(null);
  const contentRef = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const [place, content] = [placeRef.current, contentRef.current];
    if (!place || !content) return;
    let kept = { width: 0, height: 0 };
    const observer = new ResizeObserver(() => {
      const { offsetWidth: width, offsetHeight: height } = content;
      kept = { width, height: width === kept.width ? Math.max(kept.height, height) : height };
      place.style.minHeight = `${kept.height}px`;
    });
    observer.observe(content);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={placeRef}>
      {/* A root of its own: a margin that reached out of it would not be measured. */}
      <div ref={contentRef} className="flow-root">
        {children}
      </div>
    </div>
  );
}

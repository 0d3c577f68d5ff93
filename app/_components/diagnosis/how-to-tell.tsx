/** How to tell a cause from those that look the same. */
export function HowToTell({ words }: { words: string }) {
  return (
    <p className="text-sm text-muted">
      <span className="font-medium">How to tell:</span> <span>{words}</span>
    </p>
  );
}

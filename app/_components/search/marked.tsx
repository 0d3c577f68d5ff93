/** A text in which each place of a part is marked. */
export function Marked({ text, part }: { text: string; part: string }) {
  const pieces = part === "" ? [text] : text.split(part);
  return pieces.map((piece, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no name but their place.
    <span key={index}>
      {index > 0 && <mark>{part}</mark>}
      <span>{piece}</span>
    </span>
  ));
}

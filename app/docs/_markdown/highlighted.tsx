import { common, createLowlight } from "lowlight";

const grammars = createLowlight(common);

/** Code in colour, which is found out on the server: the browser gets the spans alone. */
export function Highlighted({ text, language }: { text: string; language: string }) {
  if (!grammars.registered(language)) return <span>{text}</span>;
  const parts = merged(partsOf(grammars.highlight(language, text).children, null));
  return parts.map(({ text, colour }, index) => (
    <span key={String(index)} className={colour ?? undefined}>
      {text}
    </span>
  ));
}

type Part = { text: string; colour: string | null };
type Node = ReturnType<typeof grammars.highlight>["children"][number];

/** The same colours as JSON has everywhere else; what has none of its own has that of what it is in. */
const colours: Record<string, string> = {
  "hljs-keyword": "text-code-key",
  "hljs-built_in": "text-code-key",
  "hljs-attr": "text-code-key",
  "hljs-attribute": "text-code-key",
  "hljs-string": "text-code-string",
  "hljs-regexp": "text-code-string",
  "hljs-number": "text-code-number",
  "hljs-literal": "text-code-number",
  "hljs-comment": "text-faint",
  "hljs-meta": "text-faint",
};

function partsOf(nodes: Node[], colour: string | null): Part[] {
  return nodes.flatMap((node) => {
    if (node.type === "text") return [{ text: node.value, colour }];
    if (node.type !== "element") return [];
    const [name] = [node.properties.className ?? []].flat();
    return partsOf(node.children as Node[], colours[String(name)] ?? colour);
  });
}

function merged(parts: Part[]): Part[] {
  const whole: Part[] = [];
  for (const part of parts) {
    const last = whole.at(-1);
    if (last && last.colour === part.colour) last.text += part.text;
    else whole.push({ ...part });
  }
  return whole;
}

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseAst } from "vitest/node";

/**
 * A browser's translator replaces the text nodes of a page by elements of its own. React then fails to remove a text
 * node that it made, or to put something before it, and what it writes into one is seen by nobody. Text that fills an
 * element alone is safe: for such an element React keeps no text node, and sets its content as a whole.
 */
test("every text fills an element of its own, so that pages can be translated", () => {
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.flatMap(({ file, tree, code }) => places(file, code, looseTexts(tree)))).toEqual([]);
});

test("what is written in code's letters is not translated", () => {
  expect(sources.flatMap(({ file, tree, code }) => places(file, code, translatedCode(tree)))).toEqual([]);
});

test.each([
  ["a condition beside a text", "<p>Held {since && <b>now</b>}</p>"],
  ["an icon beside a text", "<p><Icon /> Held</p>"],
  ["a value beside a text", "<p>{count} events</p>"],
  ["a value beside a condition", "<p>{label}{more && <i />}</p>"],
  ["a value in a fragment", "<>{label}</>"],
  ["a choice of a text beside an icon", '<p><Icon />{isOn ? "On" : "Off"}</p>'],
  ["children beside an icon", "<p><Icon />{children}</p>"],
  ["a text in a card, which stands beside its heading there", "<Card>Nothing</Card>"],
  ["a component that is a text", "function Words() { return isOn ? 'on' : <i /> }"],
])("%s is found", (_, code) => {
  expect(looseTexts(parse(code))).toHaveLength(1);
});

test.each([
  ["a text alone", "<p>{isOn ? 'on' : 'off'}</p>"],
  [
    "elements that come and go",
    "<p>{error && <b>{error}</b>}{list.map((one) => <i key={one}>{one}</i>)}</p>",
  ],
  ["a text that nobody translates", '<p translate="no"><i />{a}</p>'],
  ["a component of elements", "function Words() { return isOn ? null : <i /> }"],
])("%s is fine", (_, code) => {
  expect(looseTexts(parse(code))).toEqual([]);
});

/** Components that draw what they are given beside other elements: it has to be elements, too. */
const layouts = new Set(
  "AuthFormBody Card DashboardLayout PageHeader Plot Problem RootLayout Sheet SheetBox Shell SignInLayout".split(
    " ",
  ),
);
/** Properties that are drawn so. */
const slots = new Set(["controls", "end", "head", "picker"]);

// biome-ignore lint/suspicious/noExplicitAny: a syntax tree is walked by the names of its nodes.
type Node = any;

const parse = (code: string): Node =>
  parseAst(code.startsWith("<") ? `const x = ${code};` : code, { lang: "tsx" });

// The API documentation is written by the server, and never changes while it is read.
const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".tsx") && !file.startsWith("docs/"))
  .map((file) => {
    const code = readFileSync(join(import.meta.dirname, file), "utf8");
    return { file, code, tree: parse(code) };
  });

const places = (file: string, code: string, nodes: Node[]): string[] =>
  nodes.map(({ start, end }) => {
    const line = code.slice(0, start).split("\n").length;
    return `app/${file}:${line} ${code.slice(start, end).trim().slice(0, 60)}`;
  });

/** Texts, and expressions that may be one, that do not fill an element alone. One for each element. */
function looseTexts(node: Node, component = ""): Node[] {
  if (!node || typeof node !== "object" || isUntranslated(node)) return [];
  const here = isComponent(node) ? node.id.name : component;
  return [...looseHere(node, here), ...Object.values(node).flatMap((part) => looseTexts(part, here))];
}

function looseHere(node: Node, component: string): Node[] {
  if (isComponent(node)) return answersOf(node.body).filter(isWritten);
  if (node.type === "JSXAttribute") return slots.has(node.name.name) && mayBeText(node.value) ? [node] : [];
  if (node.type !== "JSXElement" && node.type !== "JSXFragment") return [];
  const children = node.children.filter(isShown);
  const isAlone = children.length < 2 && node.type === "JSXElement" && !layouts.has(nameOf(node));
  const isGiven = ({ expression }: Node) => expression?.name === "children" && layouts.has(component);
  const loose = isAlone ? null : children.find((child: Node) => mayBeText(child) && !isGiven(child));
  return loose ? [loose] : [];
}

/** Elements for code whose content a translator would take for words. */
function translatedCode(node: Node): Node[] {
  if (!node || typeof node !== "object" || isUntranslated(node)) return [];
  const found = isForCode(node) && node.children.length > 0 ? [node.openingElement] : [];
  return [...found, ...Object.values(node).flatMap(translatedCode)];
}

const isForCode = (node: Node) =>
  node.type === "JSXElement" &&
  (["code", "kbd", "pre"].includes(nameOf(node)) ||
    /\b(font-)?mono\b/.test(attribute(node, "className") ?? ""));

const isUntranslated = (node: Node) => node.type === "JSXElement" && attribute(node, "translate") === "no";

const nameOf = (element: Node): string => element.openingElement?.name.name ?? "";

const attribute = (element: Node, wanted: string): string | undefined =>
  element.openingElement.attributes.find(({ name }: Node) => name?.name === wanted)?.value?.value;

/** Blanks are no text to a translator. */
const isShown = (child: Node) =>
  child.type === "JSXText" ? child.value.trim() !== "" : child.expression?.type !== "JSXEmptyExpression";

function mayBeText(node: Node): boolean {
  switch (node?.type) {
    case "JSXExpressionContainer":
      return mayBeText(node.expression);
    case "JSXElement":
    case "JSXFragment":
      return false;
    case "Literal":
      return node.value !== null && String(node.value).trim() !== "";
    case "LogicalExpression":
      return mayBeText(node.right) || (node.operator !== "&&" && mayBeText(node.left));
    case "ConditionalExpression":
      return mayBeText(node.consequent) || mayBeText(node.alternate);
    case "CallExpression":
      return !drawsElements(node);
    case "Identifier":
      return !slots.has(node.name);
    default:
      return true;
  }
}

/** `list.map((one) => <li />)`, `Array.from(size, () => <li />)`, and `children(ids)` of a field. */
function drawsElements({ callee, arguments: given }: Node): boolean {
  if (callee.name === "children") return true;
  const draw = given.at(-1);
  return (
    ["map", "from"].includes(callee.property?.name) && draw?.body && !answersOf(draw.body).some(mayBeText)
  );
}

/** What a function answers with: its expression, or that of each of its own returns. */
function answersOf(body: Node): Node[] {
  if (body.type !== "BlockStatement") return [body];
  const look = (node: Node): Node[] => {
    if (!node || typeof node !== "object" || /Function/.test(node.type ?? "")) return [];
    if (node.type === "ReturnStatement") return node.argument ? [node.argument] : [];
    return Object.values(node).flatMap(look);
  };
  return look(body.body);
}

const isComponent = (node: Node) => node.type === "FunctionDeclaration" && /^[A-Z]/.test(node.id?.name ?? "");

/** Surely words: a component may hand on what it was given, but its own words need an element. */
function isWritten(node: Node): boolean {
  switch (node.type) {
    case "Literal":
      return node.value !== null;
    case "TemplateLiteral":
      return true;
    case "LogicalExpression":
      return isWritten(node.left) || isWritten(node.right);
    case "ConditionalExpression":
      return isWritten(node.consequent) || isWritten(node.alternate);
    default:
      return false;
  }
}

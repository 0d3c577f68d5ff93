import { lexer, type MarkedToken, type Token, type Tokens } from "marked";
import { CodeFrame } from "../../_components/ui/code-frame";
import { Cell, HeadCell, Row, Table } from "../../_components/ui/table";
import { sitePath } from "../../_components/url/site-path";
import { anchor } from "./anchor";
import { Highlighted } from "./highlighted";

/** A text in Markdown as elements of the page. What a guide needs is drawn, and nothing of HTML. */
export function Markdown({ text }: { text: string }) {
  return <Blocks tokens={lexer(text)} />;
}

function Blocks({ tokens }: { tokens: Token[] }) {
  return tokens.map((token, index) => <Block key={String(index)} token={token as MarkedToken} />);
}

function Block({ token }: { token: MarkedToken }) {
  switch (token.type) {
    case "heading":
      return <Heading token={token} />;
    case "paragraph":
      return (
        <p className="wrap-anywhere">
          <Inline tokens={token.tokens} />
        </p>
      );
    case "list":
      return <List token={token} />;
    case "code":
      return <Code token={token} />;
    case "table":
      return <MarkdownTable token={token} />;
    case "text":
      return <Inline tokens={token.tokens ?? [token]} />;
    default:
      return null;
  }
}

const headingLooks = ["text-xl", "text-lg", "text-base", "text-base"];

function Heading({ token: { depth, text, tokens } }: { token: Tokens.Heading }) {
  const Element = `h${Math.min(depth, 4)}` as "h1" | "h2" | "h3" | "h4";
  const id = anchor(text);
  return (
    <Element
      id={id}
      className={`scroll-mt-20 font-semibold md:scroll-mt-6 ${depth > 1 ? "mt-4 " : ""}${headingLooks[depth - 1]}`}
    >
      {depth === 1 ? (
        <Inline tokens={tokens} />
      ) : (
        <a href={`#${id}`}>
          <Inline tokens={tokens} />
        </a>
      )}
    </Element>
  );
}

function List({ token: { ordered, items } }: { token: Tokens.List }) {
  const Element = ordered ? "ol" : "ul";
  return (
    <Element className={`grid gap-1.5 pl-5 ${ordered ? "list-decimal" : "list-disc"}`}>
      {items.map((item) => (
        <li key={item.raw} className="wrap-anywhere">
          <Blocks tokens={item.tokens} />
        </li>
      ))}
    </Element>
  );
}

const labels: Record<string, string> = {
  sh: "Command",
  ts: "TypeScript",
  python: "Python",
  json: "JSON",
  http: "HTTP",
};

function Code({ token: { text, lang = "" } }: { token: Tokens.Code }) {
  const [language = "", title] = lang.split(" file=");
  return (
    <CodeFrame label={title ?? labels[language] ?? language} copy={text}>
      <Highlighted text={text} language={language} />
    </CodeFrame>
  );
}

function MarkdownTable({ token: { header, rows } }: { token: Tokens.Table }) {
  return (
    <Table label={header.map(({ text }) => text).join(", ")}>
      <thead>
        <tr>
          {header.map((cell) => (
            <HeadCell key={cell.text}>
              <Inline tokens={cell.tokens} />
            </HeadCell>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells) => (
          <Row key={cells[0]?.text} className="align-top">
            {cells.map((cell, index) => (
              <Cell key={header[index]?.text} className="wrap-anywhere">
                <Inline tokens={cell.tokens} />
              </Cell>
            ))}
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

function Inline({ tokens }: { tokens: Token[] }) {
  return tokens.map((token, index) => <Run key={String(index)} token={token as MarkedToken} />);
}

function Run({ token }: { token: MarkedToken }) {
  switch (token.type) {
    case "codespan":
      return (
        <code translate="no" className="mono rounded bg-sunken px-1 py-0.5">
          {token.text}
        </code>
      );
    case "strong":
      return (
        <strong>
          <Inline tokens={token.tokens} />
        </strong>
      );
    case "em":
      return (
        <em>
          <Inline tokens={token.tokens} />
        </em>
      );
    case "link":
      return (
        <a
          href={token.href.startsWith("/") ? sitePath(token.href) : token.href}
          className="text-accent underline"
        >
          <Inline tokens={token.tokens} />
        </a>
      );
    case "text":
    case "escape":
      return <span>{token.text}</span>;
    default:
      return <span>{token.raw}</span>;
  }
}

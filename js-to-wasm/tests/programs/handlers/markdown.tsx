// request: {"method": "POST", "url": "/", "body": "# Title\n\nHello *world* & <you>\n\n- one\n- two"}
type Inline = { kind: "text" | "strong"; text: string };
type Block = { kind: "heading"; level: number; text: string } | { kind: "paragraph"; parts: Inline[] } | { kind: "list"; items: string[] };
const inline = (text: string): Inline[] =>
  text.split("*").map((part, index): Inline => ({ kind: index % 2 === 1 ? "strong" : "text", text: part })).filter(({ text: part }) => part !== "");
const block = (source: string): Block => {
  const lines = source.split("\n");
  if (lines.every((line) => line.startsWith("- "))) return { kind: "list", items: lines.map((line) => line.slice(2)) };
  if (source.startsWith("#")) {
    const level = source.length - source.replace("#", "").length;
    return { kind: "heading", level, text: source.slice(level).trim() };
  }
  return { kind: "paragraph", parts: inline(source) };
};
const Part = ({ kind, text }: Inline) => (kind === "strong" ? <strong>{text}</strong> : <>{text}</>);
const render = (found: Block) =>
  match (found) {
    when { kind: "heading" }: <h1>{found.text}</h1>
    when { kind: "list" }: <ul>{found.items.map((item) => <li>{item}</li>)}</ul>
    when { kind: "paragraph" }: <p>{found.parts.map((part) => <Part {...part} />)}</p>
  };
export function handler(req: Request): Response {
  const blocks = (req.body ?? "").split("\n\n").filter((part) => part.trim() !== "").map(block);
  return Response.html(renderToString(<article>{blocks.map(render)}</article>));
}

// What an element is may be chosen while the program runs: a name, a component, a fragment.
function Badge(props: { title: string; children?: unknown }) {
  return <i title={props.title}>{props.children}</i>;
}

const headings: ("h1" | "h2" | "script")[] = ["h1", "h2", "script"];

export function handler(req: Request): Response {
  const Tag = req.method === "GET" ? "em" : "strong";
  const Any = req.method === "GET" ? Badge : "u";
  const rest = { id: "x", onclick: "y" };
  return Response.html(renderToString(
    <Fragment>
      <Tag class="a" {...rest}>text <b>bold</b>{[1, ["<", [2]]]}</Tag>
      <Any title="t&quot;">{["in", <br />]}</Any>
      {headings.map((Heading) => <Heading key={Heading}>{"a < b </script>"}</Heading>)}
      <Fragment key="f">end</Fragment>
    </Fragment>,
  ));
}

// {"proven": ["injection_safe"]}
function Box(props: { children?: unknown }) {
  return <div>{props.children}</div>;
}

export function handler(req: Request): Response {
  const Tag = req.method === "GET" ? "h1" : Box;
  return Response.html(renderToString(<Fragment><Tag>{req.path}</Tag></Fragment>));
}

// Attributes from data
function handler(): Response {
  const links = [{ href: "/a?x=1&y=2", text: "A & B" }, { href: "javascript:x", text: "\"q\"" }];
  const pages = [
    <div>{links.map(({ href, text }) => <a href={href}>{text}</a>)}</div>,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}

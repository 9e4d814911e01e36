// Passing properties on
const Link = ({ children, ...rest }: { href: string; title: string; children?: unknown }) => <a class="link" {...rest}>{children}</a>;
function handler(): Response {
  const pages = [
    <Link href="/a" title="t">go</Link>,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}

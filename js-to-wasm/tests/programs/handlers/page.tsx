// request: {"url":"/about","headers":{"x-visits":"2"}}
type Link = { href: string; label: string; active?: boolean };

const Nav = ({ links }: { links: Link[] }) => (
  <nav>
    <ul>
      {links.map((link) => (
        <li class={link.active === true ? "active" : undefined}>
          <a href={link.href}>{link.label}</a>
        </li>
      ))}
    </ul>
  </nav>
);

type LayoutProps = { title: string; children?: JSX.Element | JSX.Element[] };

const Layout = (props: LayoutProps) => (
  <html lang="en">
    <head>
      <title>{props.title}</title>
    </head>
    <body>{props.children}</body>
  </html>
);

export function handler(req: Request): Response {
  const links: Link[] = ["/", "/about", "/contact"].map((href) => ({
    href,
    label: href === "/" ? "Home" : href.slice(1),
    active: href === req.path,
  }));
  const visits = Number(req.headers.get("x-visits") ?? "0");
  return Response.html(
    renderToString(
      <Layout title={`Page ${req.path}`}>
        <Nav links={links} />
        <main>
          {visits > 0 && <p>Welcome back for the {visits + 1}th time</p>}
          {visits === 0 ? <p>Hello, stranger</p> : undefined}
        </main>
      </Layout>,
    ),
  );
}

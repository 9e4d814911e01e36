// What every page has around it. Components are functions; `children` is what stands between their tags.
export function Layout(props: { title: string; children?: unknown }) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <title>{props.title}</title>
        <style>{"li.late { color: #b00; }"}</style>
      </head>
      <body>
        <h1>{props.title}</h1>
        {props.children}
      </body>
    </html>
  );
}

// Components that are functions
function Total({ items }: { items: number[] }) {
  if (items.length === 0) {
    return <i>none</i>;
  }
  return <b>{items.reduce((a, b) => a + b, 0)}</b>;
}
function handler(): Response {
  const pages = [
    <Total items={[1, 2, 3]} />,
    <Total items={[]} />,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}

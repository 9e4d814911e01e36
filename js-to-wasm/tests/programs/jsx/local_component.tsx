// A component inside the handler
function handler(): Response {
  const factor = 10;
  const Local = ({ n }: { n: number }) => <p>{n * factor}</p>;
  const pages = [
    <Local n={2} />,
    <section>{[1, 2].map((n) => <Local n={n} />)}</section>,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}

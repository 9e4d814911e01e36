// A component that takes its properties whole
const Show = (props: { a: string; b: number }) => <p>{JSON.stringify(props)}</p>;
function handler(): Response {
  const pages = [
    <Show a="1" b={2} />,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}

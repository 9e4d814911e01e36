// Components
const Hello = ({ name }: { name: string }) => <p>Hello, {name}!</p>;
function handler(): Response {
  const pages = [
    <Hello name="Ada" />,
    <Hello name={"<x>"} />,
    <div><Hello name="a" /><Hello name="b" /></div>,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}

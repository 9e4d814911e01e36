// What components may return
const A = () => "text & more";
const B = () => undefined;
const C = () => <><i>1</i><i>2</i></>;
const D = () => [<b>x</b>, "y"];
const E = () => 5;
function handler(): Response {
  const pages = [
    <A />,
    <B />,
    <C />,
    <D />,
    <div><E /></div>,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}

// What children may be
function handler(): Response {
  const pages = [
    <p>{1}{2.5}{-0}{1e21}{NaN}</p>,
    <p>{"text"}{""}</p>,
    <p>{true}{false}{undefined}</p>,
    <p>{[1, "a", [2, ["b"]]]}</p>,
    <p>{<b>x</b>}</p>,
    <p>{[]}</p>,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}

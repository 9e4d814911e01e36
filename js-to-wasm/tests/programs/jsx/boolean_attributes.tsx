// Attributes that are true, false, undefined
function handler(): Response {
  const pages = [
    <input disabled />,
    <input disabled={true} />,
    <input disabled={false} checked />,
    <input value={undefined} />,
    <input required={1 > 2} />,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}

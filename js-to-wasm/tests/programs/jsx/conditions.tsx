// Conditions in children
function handler(): Response {
  const yes = [1].length === 1;
  const no = !yes;
  const name: string | undefined = ["x"][3];
  const pages = [
    <p>{yes && <b>yes</b>}{no && <b>no</b>}</p>,
    <p>{yes ? "a" : "b"}{no ? <i>a</i> : <u>b</u>}</p>,
    <p>{name ?? "nobody"}</p>,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}

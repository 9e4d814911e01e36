// match in children
const label = (state: string) => match (state) { when "ok": <span class="ok">fine</span> default: <span>bad</span> };
function handler(): Response {
  const pages = [
    <p>{label("ok")}</p>,
    <p>{match ("x") { when "x": <b>x</b> default: <i>?</i> }}</p>,
  ];
  return Response.html(pages.map(renderToString).join("\n"));
}

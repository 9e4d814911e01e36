// match on several fields
function handler(): Response {
  const f = (method: string, path: string) => match ({ method, path }) {
    when { method: "GET", path: "/" }: "home"
    when { method: "POST", path: "/" }: "create"
    when { method: "GET" }: "page"
    default: "nothing"
  };
  const lines = [
    JSON.stringify([f("GET", "/"), f("POST", "/"), f("GET", "/x"), f("PUT", "/y")]),
  ];
  return Response.text(lines.join("\n"));
}

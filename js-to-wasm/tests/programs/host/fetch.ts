// request: {"upstreams": {"https://api.example.com/users?id=1": {"status": 201, "headers": {"content-type": "application/json", "x-a": "b"}, "body": "{\"n\":1}"}, "https://api.example.com/": {"body": "root"}, "http://other.example:8080/a%20b": {"status": 404, "body": "nothing"}}}
function handler(request: Request): Response {
  const base = "https://api.example.com";
  const user = fetchSync(`${base}/users?id=${1}`, { method: "post", headers: { "x-b": "c" }, body: "text" });
  const root = fetchSync({ url: base });
  const other = fetchSync("HTTP://Other.Example:8080/a b#hash");
  const away = fetchSync("https://away.example/");
  return Response.json([
    user.status, user.statusText, user.ok, user.headers.get("X-A"), user.headers.get("none") === undefined, user.json(),
    root.text(), other.status, other.ok, other.body,
    away.status, away.statusText, away.ok, away.json(), away.error, away.details,
  ]);
}

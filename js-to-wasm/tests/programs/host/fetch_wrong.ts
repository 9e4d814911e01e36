// request: {"url": "/?u=https%3A%2F%2Fa.example%2Fx", "upstreams": {"https://a.example/x": {"body": "dynamic"}}}
function handler(request: Request): Response {
  const shown = (answer: Response) => [answer.status, answer.error ?? "", answer.details ?? ""];
  return Response.json([
    shown(fetchSync("not a url")),
    shown(fetchSync("ftp://a.example/")),
    shown(fetchSync("https://user:pass@a.example/")),
    shown(fetchSync("https://a.example/x", { maxResponseBytes: 0 })),
    fetchSync(request.query.u ?? "").text(),
  ]);
}

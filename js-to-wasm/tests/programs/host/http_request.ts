// request: {"upstreams": {"https://a.example/x": {"status": 404, "headers": {"content-type": "text/plain"}, "body": "no"}}}
function handler(): Response {
  return Response.json([
    httpRequest('{"url":"https://a.example/x"}'),
    httpRequest(JSON.stringify({ url: "https://a.example/x", method: "POST", body: "b" })),
    httpRequest('{"url":"https://b.example/"}'),
    httpRequest("nothing"),
    httpRequest("[]"),
  ]);
}

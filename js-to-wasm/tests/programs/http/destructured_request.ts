// request: {"method": "POST", "url": "/p?q=1", "headers": {"h": "v"}}
function handler({ method, path, query: { q }, headers }: Request): Response {
  return Response.json([method, path, q, headers.get("h")]);
}

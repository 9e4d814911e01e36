// request: {"method": "POST", "body": "{\"a\": [1, null]}"}
function handler(req: Request): Response {
  const data: { a: (number | undefined)[] } = req.json();
  return Response.json({ got: data });
}

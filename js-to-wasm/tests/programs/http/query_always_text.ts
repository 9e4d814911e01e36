// request: {"url": "/?n=42&t=true&u=undefined&z=007"}
function handler(req: Request): Response {
  return Response.json(Object.entries(req.query).map(([key, value]) => [key, value, typeof value]));
}

// request: {"url": "/?a=1&b=&c&d=x%20y&e=1+1&f=%zz&g=a%3Db&h=%C3%BC"}
function handler(req: Request): Response {
  return Response.json(req.query);
}

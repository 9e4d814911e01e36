// unwrapErr of a value
const succeed = (what: string) => Result.ok(what);
function handler(req: Request): Response {
  return Response.text(`${succeed(req.path).unwrapErr()}`);
}

// unwrap of an error
const fail = (why: string) => Result.err(why);
function handler(req: Request): Response {
  return Response.text(`${fail(req.path).unwrap()}`);
}

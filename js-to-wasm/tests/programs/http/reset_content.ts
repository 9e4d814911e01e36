// request: {"method": "POST", "body": ""}
// Such an answer has no body, and an empty body is none.
export function handler(req: Request): Response {
  return Response.text("a", { status: 205, headers: { "x-body": req.body ?? "none", "content-length": "5", connection: "close" } });
}

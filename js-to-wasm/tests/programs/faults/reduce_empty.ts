// reduce of an empty list without a start
function handler(req: Request): Response {
  return Response.text(`${req.path.split("/").filter((part) => part !== "").map((part) => part.length).reduce((a, b) => a + b)}`);
}

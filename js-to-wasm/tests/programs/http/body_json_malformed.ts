// request: {"method": "POST", "body": "{\"a\":"}
function handler(req: Request): Response {
  return Response.text(`${req.json() === undefined}`);
}

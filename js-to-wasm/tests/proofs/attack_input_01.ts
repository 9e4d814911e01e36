// {"open": {"input_validated": ""}}
export function handler(req: Request): Response {
  fetchSync("https://a.example/", { method: "POST", body: req.body ?? "" });
  return Response.json(1);
}

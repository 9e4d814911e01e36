// {"proven": ["injection_safe"], "open": {"input_validated": "nothing validated"}}
export function handler(req: Request): Response {
  return Response.text(fetchSync("https://a.example/", { method: "POST", body: req.text() }).statusText);
}

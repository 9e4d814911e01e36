// {"proven": ["read_only", "deterministic"], "open": {"pure": "writes a log line"}}
export function handler(req: Request): Response {
  console.log("x");
  return Response.text("ok");
}

// {"proven": ["no_secret_leakage"], "open": {"read_only": "sends a request", "deterministic": "sends a request"}}
export function handler(req: Request): Response {
  return Response.text(fetchSync("https://a.example/").statusText);
}

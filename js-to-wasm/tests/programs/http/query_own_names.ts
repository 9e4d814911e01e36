// request: {"url": "/?toString=1&__proto__=2"}
// A query has the names that were sent, and no others.
export function handler(req: Request): Response {
  const names = ["toString", "__proto__", "valueOf", "constructor", "hasOwnProperty"];
  return Response.json(names.map((name) => req.query[name] ?? "none"));
}

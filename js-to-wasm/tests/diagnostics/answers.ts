// Paths that do not answer
const find = (path: string) => { if (path === "/") { return Response.text("home"); } };
const count = (n: number) => n > 1 ? Response.json(n) : undefined;
export function handler(req: Request) {
  if (req.path === "/find") { return find(req.path); }
  if (req.path === "/count") { return count(2); }
  if (req.path === "/text") { return "hello"; }
  if (req.path === "/json") { return { ok: true }; }
  if (req.path === "/number") { return 404; }
  if (req.path === "/nothing") { return; }
  if (req.path === "/choice") { return req.method === "GET" ? Response.text("a") : "b"; }
  for (const n of [1, 2]) { if (n > 1) { return Response.json(n); } }
}

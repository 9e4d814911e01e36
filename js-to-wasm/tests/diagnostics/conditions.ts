// Conditions
import { env } from "purview:env";
import { cacheGet } from "purview:cache";
type User = { name: string };
const always = (): boolean => true;
export function handler(req: Request): Response {
  const name = req.query.name;
  const list = [1, 2];
  const user: User = { name: "a" };
  if (name) { return Response.text("name"); }
  if (list.length) { return Response.text("list"); }
  if (user) { return Response.text("user"); }
  if (always) { return Response.text("always"); }
  if (!env("DEBUG")) { return Response.text("no debug"); }
  if (req.path && always()) { return Response.text("path"); }
  if (always() || list.length) { return Response.text("either"); }
  const label = name || "none";
  const text = list.length ? "some" : "none";
  const cached = !cacheGet("a", "b");
  assert list.length;
  const both = always() && user;
  const zero = !0;
  if ("text") { return Response.text("text"); }
  if (undefined) { return Response.text("never"); }
  const useless = text ?? "nothing";
  const odd = list.length % 2 && "odd";
  return Response.json({ label, text, cached, both, zero, useless, odd });
}

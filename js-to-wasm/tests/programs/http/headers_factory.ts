function handler(): Response {
  const a = Headers({ "X-A": "1", b: "2" });
  const b = Headers([["c", "3"], ["c", "4"]]);
  const c = Headers(a);
  c.set("x-a", "changed");
  const d = Headers();
  return Response.json([a, b, c, d, a.get("x-a"), b.get("C"), d.get("x") ?? "none"]);
}

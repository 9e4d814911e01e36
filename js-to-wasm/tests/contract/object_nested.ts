// {"env": ["A"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const o = { a: { b: { read: env, name: "A" } } };
  const v = o.a.b.read(o.a.b.name) ?? "";
  return Response.text(`${v}`);
}

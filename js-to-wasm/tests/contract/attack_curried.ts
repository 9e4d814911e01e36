// {"env": ["*"]}
import { env } from "purview:env";
const make = <A, B>(f: (a: A) => B) => (a: A): B => f(a);
export function handler(req: Request): Response {
  return Response.json(make(env)(req.path) ?? "");
}

// {"env": ["A", "B"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const b = req.path === "/" && env("A") === "x";
  const c = b || env("B") === "y";
  const v = c;
  return Response.text(`${v}`);
}

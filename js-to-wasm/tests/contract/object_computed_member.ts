// {"env": ["A"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const o: Record<string, typeof env> = { read: env };
  const f = o[req.path];
  const v = f === undefined ? "" : f("A") ?? "";
  return Response.text(`${v}`);
}

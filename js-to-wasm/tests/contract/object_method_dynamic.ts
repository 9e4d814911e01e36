// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const o = { read(n: string): string { return env(n) ?? ""; } };
  const v = o.read(req.path);
  return Response.text(`${v}`);
}

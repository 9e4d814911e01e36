// {"env": ["*"]}
import { env } from "purview:env";
function read(a: string, b: string): string { return (env(b) ?? "") + a; }
export function handler(req: Request): Response {
  const names = ["A", req.path];
  const v = read(names[0] ?? "", ...[req.path]);
  return Response.text(`${v}`);
}

// {"env": ["A", "x"]}
import { env } from "purview:env";
function read(a: string, b: string): string { return (env(a) ?? "") + b; }
export function handler(req: Request): Response {
  const names: [string, string] = ["A", "x"];
  const v = read(...names);
  return Response.text(`${v}`);
}

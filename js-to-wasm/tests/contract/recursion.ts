// {"env": ["A"]}
import { env } from "purview:env";
function find(n: number, name: string): string { if (n <= 0) { return env(name) ?? ""; } return find(n - 1, name); }
export function handler(req: Request): Response {
  const v = find(3, "A");
  return Response.text(`${v}`);
}

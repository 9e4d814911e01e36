// {"env": ["A", "B"]}
import { env } from "purview:env";
function read(...names: string[]): string { return names.map((name) => env(name) ?? "").join(""); }
export function handler(req: Request): Response {
  const v = read("A", "B");
  return Response.text(`${v}`);
}

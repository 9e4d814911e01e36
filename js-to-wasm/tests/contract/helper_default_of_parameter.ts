// {"env": ["A"]}
import { env } from "purview:env";
function read(a: string, b: string = a): string { return env(b) ?? ""; }
export function handler(req: Request): Response {
  const v = read("A");
  return Response.text(`${v}`);
}

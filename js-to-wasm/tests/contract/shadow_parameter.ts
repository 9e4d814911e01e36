// {"env": ["A"]}
import { env } from "purview:env";
function call(env: (n: string) => string): string { return env("NOT"); }
export function handler(req: Request): Response {
  const v = call((n) => n) + (env("A") ?? "");
  return Response.text(`${v}`);
}

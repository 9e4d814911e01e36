// {"env": ["A"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const outer = env("A");
  if (req.path === "/") {
    const env = (n: string): string => n;
    return Response.text(env("NOT"));
  }
  return Response.text(outer ?? "");
}

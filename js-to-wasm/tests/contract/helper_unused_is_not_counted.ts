// {"env": ["A"]}
import { env } from "purview:env";
export function read(): string { return env("NEVER") ?? ""; }
export function handler(req: Request): Response {
  const v = env("A") ?? "";
  return Response.text(`${v}`);
}

// {"env": ["A"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  return Response.stream((w) => { w.write(env("A") ?? ""); });
}

// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const box: Record<string, typeof env> = JSON.parse("{}");
  box.read = env;
  const f = box.read;
  const v = f === undefined ? "" : f("A") ?? "";
  return Response.text(`${v}`);
}

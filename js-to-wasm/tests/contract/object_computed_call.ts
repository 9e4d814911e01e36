// {"env": ["A"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const o: Record<string, typeof env> = { read: env };
  const v = o["re" + "ad"]?.("A") ?? "";
  return Response.text(`${v}`);
}

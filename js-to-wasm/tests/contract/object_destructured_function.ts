// {"env": ["A"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const { read } = { read: env };
  const v = read("A") ?? "";
  return Response.text(`${v}`);
}

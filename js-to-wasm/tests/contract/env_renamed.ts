// {"env": ["A"]}
import { env as read } from "purview:env";
export function handler(req: Request): Response {
  const v = read("A") ?? "";
  return Response.text(`${v}`);
}

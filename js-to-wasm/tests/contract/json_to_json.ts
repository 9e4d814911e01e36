// {"env": ["A"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const v = JSON.stringify({ toJSON: () => env("A") ?? "" });
  return Response.text(`${v}`);
}

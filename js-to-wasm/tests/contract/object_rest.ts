// {"env": ["A"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const o = { a: 1, name: "A" };
  const { a, ...rest } = o;
  const v = `${a}${env(rest.name) ?? ""}`;
  return Response.text(`${v}`);
}

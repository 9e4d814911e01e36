// {"env": ["A"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const v = "A" |> ((n: string) => env(n) ?? "");
  return Response.text(`${v}`);
}

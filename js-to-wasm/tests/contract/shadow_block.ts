// {"env": ["A"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const name = "A";
  let v = "";
  if (req.path === "/") {
    const name = req.path;
    v = name;
  }
  v = v + (env(name) ?? "");
  return Response.text(`${v}`);
}

// {"env": ["A", "B"]}
import { env } from "purview:env";
const TABLE = [{ path: "/", read: () => env("A") }, { path: "/b", read: () => env("B") }];
export function handler(req: Request): Response {
  return Response.json(TABLE.find((row) => row.path === req.path)?.read() ?? "");
}

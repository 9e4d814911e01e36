// {"env": ["*"]}
import { env } from "purview:env";
const fail = (text: string): Result<string, string> => Result.err(text);
export function handler(req: Request): Response {
  const failed = fail(req.path);
  return Response.json(env(failed.ok ? "A" : failed.error) ?? "");
}

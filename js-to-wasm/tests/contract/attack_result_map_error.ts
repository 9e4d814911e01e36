// {"env": ["*"]}
import { env } from "purview:env";
const fail = (text: string): Result<string, string> => Result.err(text);
export function handler(req: Request): Response {
  return Response.json(env(fail("A").mapErr(() => req.path).unwrapErr()) ?? "");
}

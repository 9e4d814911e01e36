// {"open": {"read_only": "counts against a rate limit"}}
import { rateCheck } from "purview:ratelimit";
export function handler(req: Request): Response {
  return Response.text(`${rateCheck("k", 1, 1).isOk()}`);
}

// {"open": {"state_isolated": ""}}
import { schemaCompile } from "purview:validate";
export function handler(req: Request): Response {
  schemaCompile("a", {});
  return Response.json(1);
}

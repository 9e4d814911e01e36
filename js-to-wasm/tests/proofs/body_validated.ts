// {"proven": ["input_validated"]}
import { schemaCompile, validateJson } from "purview:validate";
schemaCompile("s", "{}");
export function handler(req: Request): Response {
  const r = validateJson("s", req.text());
  if (r.ok) { return Response.text(fetchSync("https://a.example/", { method: "POST", body: JSON.stringify(r.value) }).statusText); }
  return Response.text("no", { status: 400 });
}

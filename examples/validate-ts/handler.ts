// A body that a JSON Schema describes, as JSON or as a form. What is wrong with it is told with its places, and `purview openapi` gives
// the schema on to clients.
import { decodeForm, decodeJson } from "purview:decode";
import { parseContentType } from "purview:http";
import { schemaCompile } from "purview:validate";

schemaCompile("person", JSON.stringify({
  type: "object",
  required: ["name"],
  properties: {
    age: { type: "integer", minimum: 0 },
    name: { type: "string", minLength: 2 },
  },
  additionalProperties: false,
}));

function greet(request: Request): Response {
  const kind = parseContentType(request.headers.get("content-type"))?.subtype;
  const person = kind === "json" ? decodeJson("person", request.text()) : decodeForm("person", request.text());
  if (person.ok) {
    return Response.json({ name: person.value.name, age: person.value.age });
  }
  return Response.json({ error: person.error, errors: person.errors }, { status: 422 });
}

export default function handler(request: Request): Response {
  return match (`${request.method} ${request.path}`) {
    when "POST /": greet(request)
    default: Response.json({ error: "nothing here" }, { status: 404 })
  };
}

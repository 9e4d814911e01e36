// PROJECT: a greeting, and a list that is summed up.
import { env } from "purview:env";
import { decodeJson } from "purview:decode";
import { schemaCompile } from "purview:validate";

schemaCompile("numbers", {
  type: "object",
  required: ["numbers"],
  properties: { numbers: { type: "array", items: { type: "integer" }, minItems: 1, maxItems: 100 } },
});

function hello(request: Request): Response {
  const name = request.query.name ?? "world";
  return Response.json({ text: `${env("GREETING") ?? "Hello"}, ${name}!` });
}

function sum(request: Request): Response {
  const list = decodeJson("numbers", request.text());
  if (!list.ok) {
    return Response.json({ detail: list.errors ?? list.error }, { status: 422 });
  }
  const numbers: number[] = list.value.numbers;
  return Response.json({ sum: numbers.reduce((sum, number) => sum + number, 0) });
}

export default function handler(request: Request): Response {
  switch (`${request.method} ${request.path}`) {
    case "GET /":
      return hello(request);
    case "POST /sum":
      return sum(request);
    default:
      return Response.json({ detail: "Not Found" }, { status: 404 });
  }
}

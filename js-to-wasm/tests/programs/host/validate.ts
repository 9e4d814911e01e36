// Schemas by name, values and what is wrong with them
import { coerceJson, schemaCompile, schemaDrop, validateJson, validateObject } from "purview:validate";
const made = schemaCompile("user", JSON.stringify({
  type: "object",
  required: ["name", "tags"],
  properties: {
    age: { type: "integer", minimum: 0, maximum: 150 },
    mail: { type: "string", format: "email" },
    name: { type: "string", minLength: 2, maxLength: 5 },
    place: { $ref: "#/$defs/place" },
    tags: { type: "array", items: { type: "string" } },
  },
  $defs: { place: { type: "object", properties: { x: { type: "number" } }, additionalProperties: false } },
}));
function handler(): Response {
  const texts = [
    '{"name":"ab","tags":[]}', "[]", '{"tags":[]}', '{"name":"a","tags":[]}', '{"name":"abcdef","tags":[]}',
    '{"name":5,"tags":[]}', '{"age":-1,"name":"ab","tags":[]}', '{"age":151,"name":"ab","tags":[]}', '{"age":1.5,"name":"ab","tags":[]}',
    '{"mail":"x","name":"ab","tags":[]}', '{"name":"ab","tags":["a",1]}', '{"name":"ab","place":{"x":"1"},"tags":[]}',
    '{"name":"ab","place":{"y":1},"tags":[]}', '{"name":"äöüßé","tags":[]}', "{", "",
  ];
  return Response.json([
    made,
    texts.map((text) => validateJson("user", text)),
    validateObject("user", { name: "ab", tags: ["x"] }),
    validateObject("user", { name: "a" }),
    validateJson("nobody", "{}"),
    coerceJson("user", '{"age":"42","name":"ab","place":{"x":"1.5"},"tags":[1,"b"]}'),
    coerceJson("user", '{"age":"4.5","name":"ab","tags":[]}'),
    [schemaCompile("bad", "{"), schemaCompile("bad", "1"), schemaCompile("any", "true")],
    [schemaDrop("user"), schemaDrop("user")],
    validateJson("user", "{}"),
  ]);
}

// request: {"method": "POST", "url": "/?page=2&tag=a", "body": "name=J%C3%BCrgen+K&age=42&tag=a&tag=b"}
import { decodeForm, decodeFormMultipart, decodeJson, decodeQuery } from "purview:decode";
import { schemaCompile } from "purview:validate";
schemaCompile("form", '{"type":"object","required":["name"],"properties":{"age":{"type":"integer"},"tag":{"type":"array","items":{"type":"string"}}}}');
schemaCompile("page", '{"type":"object","properties":{"page":{"type":"integer","maximum":9}}}');
function handler(request: Request): Response {
  const form = decodeForm("form", request.text());
  const body = "--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nx y\r\n--b\r\nContent-Disposition: form-data; name=\"age\"\r\n\r\n7\r\n--b--\r\n";
  const parts = decodeFormMultipart("form", body, "multipart/form-data; boundary=b");
  return Response.json([
    form.ok ? [form.value.name, form.value.age, form.value.tag] : form,
    parts.ok ? [parts.value.name, parts.value.age] : parts,
    decodeQuery("page", request.query),
    decodeQuery("page", { page: "10" }),
    decodeJson("page", '{"page":3}'),
    decodeForm("form", "age=x"),
    decodeFormMultipart("form", body, "text/plain"),
  ]);
}

// base64Encode and base64Decode
import { base64Decode, base64Encode } from "purview:crypto";
function handler(): Response {
  const lines = [
    JSON.stringify(base64Encode("Hello from MyApp")),
    JSON.stringify(base64Encode("")),
    JSON.stringify(base64Encode("ü")),
    JSON.stringify(base64Decode("SGVsbG8gZnJvbSBNeUFwcA==")),
    `${base64Decode("not base64!")}`,
    `${base64Decode("abc")}`,
  ];
  return Response.text(lines.join("\n"));
}

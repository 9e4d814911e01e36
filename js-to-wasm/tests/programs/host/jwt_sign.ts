// jwtSign
import { jwtSign } from "purview:auth";
function handler(): Response {
  const lines = [
    JSON.stringify(jwtSign("{\"sub\":\"1\"}", "secret")),
  ];
  return Response.text(lines.join("\n"));
}

// request: {"env": {"A": "value ü", "EMPTY": ""}}
import { env } from "purview:env";
function handler(): Response {
  const lines = [
    `${env("A")}`,
    `${env("NONE")}`,
    JSON.stringify(env("EMPTY") ?? "unset"),
    JSON.stringify(env("A") === "value ü"),
  ];
  return Response.text(lines.join("\n"));
}

// Fields for other origins
import { cors } from "purview:http";
function handler(): Response {
  const fields = cors("https://a.example", { methods: "GET, POST", headers: "x-a", maxAge: 600, credentials: true });
  return Response.json([fields, cors("*", { credentials: true }), cors("*")], { headers: fields });
}

// slugify
import { slugify } from "purview:text";
function handler(): Response {
  const lines = [
    JSON.stringify(slugify("Hello, World!")),
    JSON.stringify(slugify("  Crème Brûlée 2 ")),
    JSON.stringify(slugify("--a__b--")),
    JSON.stringify(slugify("")),
  ];
  return Response.text(lines.join("\n"));
}

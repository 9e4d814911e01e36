// parseBearer
import { parseBearer } from "purview:auth";
function handler(): Response {
  const lines = [
    `${parseBearer("Bearer abc.def")}`,
    `${parseBearer("bearer x")}`,
    `${parseBearer("Basic x")}`,
    `${parseBearer("Bearer ")}`,
    `${parseBearer(undefined)}`,
  ];
  return Response.text(lines.join("\n"));
}

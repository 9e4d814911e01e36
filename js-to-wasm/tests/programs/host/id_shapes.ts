// Shapes of identifiers
import { nanoid, ulid, uuid } from "purview:id";
function handler(): Response {
  const lines = [
    JSON.stringify(uuid().length),
    JSON.stringify(uuid().split("-").map((part) => part.length)),
    JSON.stringify(ulid().length),
    JSON.stringify(nanoid().length),
    JSON.stringify(nanoid(8).length),
    JSON.stringify(uuid() === uuid()),
  ];
  return Response.text(lines.join("\n"));
}

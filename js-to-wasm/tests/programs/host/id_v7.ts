// Shapes of UUIDs of both versions
import { uuid, uuidV7 } from "purview:id";
function handler(): Response {
  const shape = (text: string) => [text.length, text.split("-").map((part) => part.length), text.slice(14, 15), "89ab".includes(text.slice(19, 20))];
  return Response.json([shape(uuid()), shape(uuidV7()), uuidV7() === uuidV7()]);
}

// A file that imports a file
import { shout } from "./_shout";
function handler(): Response {
  return Response.text(shout("hi"));
}

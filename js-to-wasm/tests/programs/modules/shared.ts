// Two ways to one file are one module
import { name } from "./_values";
import { shout } from "./_shout.ts";
function handler(): Response {
  return Response.text(`${name} ${shout(name)}`);
}

// Names of another file
import { double, name } from "./_values";
function handler(): Response {
  return Response.text(`${double(21)} ${name}`);
}

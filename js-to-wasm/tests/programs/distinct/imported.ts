// A distinct type of another file
import { OrderId, show } from "./_orders";
function handler(): Response {
  return Response.text(show(OrderId(7)));
}

// Components of another file
import { Card } from "./_card";
function handler(): Response {
  return Response.html(renderToString(<main><Card title="t">body</Card></main>));
}

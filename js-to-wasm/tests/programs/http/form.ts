// request: {"method": "POST", "headers": {"content-type": "application/x-www-form-urlencoded"}, "body": "name=A+B&note=%26%20%3C"}
import { urlSearchParams } from "purview:url";
function handler(req: Request): Response {
  return Response.json(urlSearchParams(req.text()));
}

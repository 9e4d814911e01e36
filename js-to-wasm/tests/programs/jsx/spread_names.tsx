// request: {"method": "POST", "body": "{\"x onload=alert(1)\": \"1\", \"a\\\"b\": \"2\", \"a>b\": \"3\", \"a/b\": \"4\", \"\": \"5\", \"onclick\": \"6\", \"data-ok\": \"7\", \"é\": \"8\"}"}
// Names from outside cannot become other attributes.
export function handler(req: Request): Response {
  return Response.html(renderToString(<p {...req.json()}>text</p>));
}

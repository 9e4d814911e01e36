// {}
const fetchIt = (n: string): string => n;
export function handler(req: Request): Response {
  const v = fetchIt("https://a.example/");
  return Response.text(`${v}`);
}

// {}
const env = (n: string): string => n;
export function handler(req: Request): Response {
  const v = env("NOT");
  return Response.text(`${v}`);
}

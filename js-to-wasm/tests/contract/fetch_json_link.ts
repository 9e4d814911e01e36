// {"egress": ["*", "https://api.example.com"]}
export function handler(req: Request): Response {
  const first: { next: string } = fetchSync("https://api.example.com/").json();
  const r = fetchSync(first.next);
  return Response.text(r.statusText);
}

// {"open": {"injection_safe": ""}}
export function handler(req: Request): Response {
  const Raw = (p: { t: string }) => <div onclick={p.t} />;
  return Response.html(renderToString(<Raw t={req.path} />));
}

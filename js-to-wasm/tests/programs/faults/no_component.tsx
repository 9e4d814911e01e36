export function handler(): Response {
  const parts = JSON.parse("{}");
  const Part = parts.list ?? 1;
  return Response.html(renderToString(<Part />));
}

export function handler(): Response {
  return Response.json(Uint8Array(-1).length);
}

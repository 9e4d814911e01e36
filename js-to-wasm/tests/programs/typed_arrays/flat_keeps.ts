// A typed array is no list of its elements: it stays whole when lists are made flat.
export function handler(): Response {
  const bytes = Uint8Array.of(1, 2);
  const flat = [[bytes, 3], 4].flat(2);
  return Response.json([flat.length, [bytes].flat().length, [0].flatMap(() => [bytes]).length]);
}

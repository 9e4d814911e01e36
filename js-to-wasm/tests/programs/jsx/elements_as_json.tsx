// As a value, an element is its text.
export function handler(): Response {
  const item = <li title="a">&lt;</li>;
  return Response.json({ item, list: [item, <>x</>], bytes: renderToString(<p>{Uint8Array(2)}</p>) });
}

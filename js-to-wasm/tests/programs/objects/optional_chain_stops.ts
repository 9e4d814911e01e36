// A chain that stops evaluates nothing more
function handler(): Response {
  const out: string[] = [];
  const log = (text: string): number => {
    out.push(text);
    return 0;
  };
  type O = { f: (n: number) => number; list: number[] };
  const none = (): O | undefined => undefined;
  const some = (): O | undefined => ({ f: (n: number) => n, list: [5] });
  out.push(`${none()?.f(log("argument"))}`);
  out.push(`${none()?.list[log("index")]}`);
  out.push(`${some()?.f(log("called"))}`);
  out.push(`${some()?.list[log("read")]}`);
  return Response.text(out.join("\n"));
}

// Forms of arrows
function handler(): Response {
  const one = (x: number) => x * 2;
  const two = (x: number, y: number) => x + y;
  const block = (x: number) => {
    const y = x + 1;
    return y * 2;
  };
  const object = (x: number) => ({ x });
  const none = () => "none";
  const lines = [
    JSON.stringify(one(2)),
    JSON.stringify(two(1, 2)),
    JSON.stringify(block(3)),
    JSON.stringify(object(4)),
    JSON.stringify(none()),
  ];
  return Response.text(lines.join("\n"));
}

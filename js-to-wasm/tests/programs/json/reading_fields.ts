// Reading what was parsed
function handler(): Response {
  type Item = { price: number; count: number };
  type Order = { items: Item[]; customer?: { name: string } };
  const order: Order = JSON.parse("{\"items\":[{\"price\":2.5,\"count\":4},{\"price\":1,\"count\":3}]}");
  const lines = [
    JSON.stringify(order.items.length),
    JSON.stringify(order.items.map((item) => item.price * item.count)),
    JSON.stringify(order.customer?.name ?? "nobody"),
  ];
  return Response.text(lines.join("\n"));
}

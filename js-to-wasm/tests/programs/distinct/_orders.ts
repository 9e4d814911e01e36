export distinct type OrderId = number;
export function show(id: OrderId): string {
  return `order ${id}`;
}

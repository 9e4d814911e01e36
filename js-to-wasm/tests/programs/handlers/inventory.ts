interface Item { sku: string; quantity: number; location: { shelf: string; bin?: number } }
interface Movement { sku: string; delta: number; reason: "sale" | "return" | "restock"; note?: string }
type Ledger = Record<string, Item>;
type Outcome = { ok: true; ledger: Ledger } | { ok: false; error: string; sku: string };

const apply = (ledger: Ledger, movement: Movement): Outcome => {
  const item = ledger[movement.sku];
  if (item === undefined) {
    return { ok: false, error: "unknown", sku: movement.sku };
  }
  const quantity = item.quantity + movement.delta;
  if (quantity < 0) {
    return { ok: false, error: "negative", sku: movement.sku };
  }
  return { ok: true, ledger: { ...ledger, [movement.sku]: { ...item, quantity } } };
};

const applyAll = (ledger: Ledger, movements: readonly Movement[]): { ledger: Ledger; failed: { sku: string; error: string }[] } =>
  movements.reduce<{ ledger: Ledger; failed: { sku: string; error: string }[] }>(
    (state, movement) => {
      const outcome = apply(state.ledger, movement);
      return outcome.ok
        ? { ...state, ledger: outcome.ledger }
        : { ...state, failed: [...state.failed, { sku: outcome.sku, error: outcome.error }] };
    },
    { ledger, failed: [] },
  );

export function handler(req: Request): Response {
  const start: Ledger = { a: { sku: "a", quantity: 5, location: { shelf: "x", bin: 2 } } };
  const { ledger, failed } = applyAll(start, [
    { sku: "a", delta: -2, reason: "sale" },
    { sku: "b", delta: 1, reason: "restock", note: "?" },
  ]);
  const byReason = Map<Movement["reason"], number>();
  byReason.set("sale", (byReason.get("sale") ?? 0) + 1);
  const shelves = Object.values(ledger).map(({ location: { shelf, bin = 0 } }) => `${shelf}-${bin}`);
  return Response.json({ left: ledger.a?.quantity, failed, shelves, reasons: [...byReason] });
}

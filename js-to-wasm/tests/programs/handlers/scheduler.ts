type Slot = { day: number; start: number; end: number };
type Booking = Slot & { id: string; who: string };
type Outcome = { status: "booked"; booking: Booking } | { status: "conflict"; with: string[] } | { status: "invalid"; reason: string };
const overlap = (a: Slot, b: Slot): boolean => a.day === b.day && a.start < b.end && b.start < a.end;
const validate = ({ day, start, end }: Slot): string | undefined => {
  if (day < 0 || day > 6) return "day";
  if (start >= end) return "order";
  return end - start > 8 ? "length" : undefined;
};
const book = (existing: readonly Booking[], wanted: Slot, who: string): Outcome => {
  const reason = validate(wanted);
  if (reason !== undefined) return { status: "invalid", reason };
  const conflicts = existing.filter((booking) => overlap(booking, wanted));
  return conflicts.length > 0 ? { status: "conflict", with: conflicts.map(({ who: name }) => name) } : { status: "booked", booking: { ...wanted, id: `b${existing.length + 1}`, who } };
};
const STATUS: Record<Outcome["status"], number> = { booked: 201, conflict: 409, invalid: 422 };
const WANTED: [string, number, number][] = [["ada", 9, 11], ["bob", 10, 12], ["eve", 12, 12], ["dan", 11, 12]];
export function handler(req: Request): Response {
  let bookings: Booking[] = [];
  const outcomes: Outcome[] = [];
  for (const [who, start, end] of WANTED) {
    const outcome = book(bookings, { day: 1, start, end }, who);
    if (outcome.status === "booked") bookings = [...bookings, outcome.booking];
    outcomes.push(outcome);
  }
  return Response.json({ bookings, codes: outcomes.map((outcome) => STATUS[outcome.status]) });
}

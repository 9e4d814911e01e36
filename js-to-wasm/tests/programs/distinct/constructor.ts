// The constructor of a distinct type
distinct type UserId = string;
distinct type Cents = number;
const label = (id: UserId, price: Cents): string => `${id}: ${price}`;
function handler(): Response {
  const ids = ["a", "b"].map(UserId);
  return Response.json({ label: label(UserId("u1"), Cents(250)), ids, kind: typeof UserId("x") });
}

type Op = "=" | "<" | ">" | "LIKE";
type Clause = { field: string; op: Op; value: string | number };
type Query = { table: string; clauses: Clause[]; order?: { field: string; desc: boolean }; limit?: number };
const query = (table: string): Query => ({ table, clauses: [] });
const where = (field: string, op: Op, value: string | number) => (q: Query): Query => ({ ...q, clauses: [...q.clauses, { field, op, value }] });
const orderBy = (field: string, desc = false) => (q: Query): Query => ({ ...q, order: { field, desc } });
const limit = (n: number) => (q: Query): Query => ({ ...q, limit: n });
const render = ({ table, clauses, order, limit: max }: Query): { text: string; params: (string | number)[] } => {
  const conditions = clauses.map(({ field, op }, i) => `${field} ${op} $${i + 1}`).join(" AND ");
  const parts = [`SELECT * FROM ${table}`];
  if (clauses.length > 0) parts.push(`WHERE ${conditions}`);
  if (order !== undefined) parts.push(`ORDER BY ${order.field}${order.desc ? " DESC" : ""}`);
  if (max !== undefined) parts.push(`LIMIT ${max}`);
  return { text: parts.join(" "), params: clauses.map((clause) => clause.value) };
};
export function handler(req: Request): Response {
  return Response.json(query("users") |> where("age", ">", 18) |> orderBy("name") |> limit(10) |> render);
}

// Pages of a list
const page = (items: number, wanted: number, limit: number) => {
  const pages = Math.max(1, Math.ceil(items / limit));
  const current = Math.min(Math.max(wanted, 1), pages);
  let checksum = 0;
  const from = (current - 1) * limit;
  for (const k of range(from, Math.min(items, from + limit))) {
    checksum = (checksum + ((k * 31) ^ (k * 17)) % 10000) % 1000000;
  }
  return { page: current, pages, checksum };
};
function handler(): Response {
  const lines = [
    JSON.stringify(page(10, 1, 3)),
    JSON.stringify(page(10, 4, 3)),
    JSON.stringify(page(10, 9, 3)),
    JSON.stringify(page(0, 1, 3)),
  ];
  return Response.text(lines.join("\n"));
}

// Set: union, intersection, difference and what sets say of each other
function handler(): Response {
  const a = Set([1, 2, 3, 4]);
  const b = Set([5, 4, 2]);
  const lines = [
    JSON.stringify([...a.union(b)]),
    JSON.stringify([[...a.intersection(b)], [...b.intersection(a)]]),
    JSON.stringify([[...a.difference(b)], [...b.difference(a)]]),
    JSON.stringify([[...a.symmetricDifference(b)], [...b.symmetricDifference(a)]]),
    JSON.stringify([a.isSubsetOf(b), Set([4, 2]).isSubsetOf(a), Set<number>().isSubsetOf(b)]),
    JSON.stringify([a.isSupersetOf(b), a.isSupersetOf(Set([1, 4])), a.isDisjointFrom(b), a.isDisjointFrom(Set([9]))]),
    JSON.stringify([a.size, b.size, [...a.union(Set<number>())].length]),
    JSON.stringify([...Set(["x"]).union(Set(["y", "x"]))]),
  ];
  return Response.text(lines.join("\n"));
}

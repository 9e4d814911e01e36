// A long chain of conditions
function handler(): Response {
  const out: string[] = [];
  const name = (n: number): string => {
    if (n === 0) {
      return "n0";
    } else if (n === 1) {
      return "n1";
    } else if (n === 2) {
      return "n2";
    } else if (n === 3) {
      return "n3";
    } else if (n === 4) {
      return "n4";
    } else if (n === 5) {
      return "n5";
    } else if (n === 6) {
      return "n6";
    } else if (n === 7) {
      return "n7";
    } else if (n === 8) {
      return "n8";
    } else if (n === 9) {
      return "n9";
    } else if (n === 10) {
      return "n10";
    } else if (n === 11) {
      return "n11";
    } else if (n === 12) {
      return "n12";
    } else if (n === 13) {
      return "n13";
    } else if (n === 14) {
      return "n14";
    } else if (n === 15) {
      return "n15";
    } else if (n === 16) {
      return "n16";
    } else if (n === 17) {
      return "n17";
    } else if (n === 18) {
      return "n18";
    } else if (n === 19) {
      return "n19";
    } else if (n === 20) {
      return "n20";
    } else if (n === 21) {
      return "n21";
    } else if (n === 22) {
      return "n22";
    } else if (n === 23) {
      return "n23";
    } else if (n === 24) {
      return "n24";
    } else if (n === 25) {
      return "n25";
    } else if (n === 26) {
      return "n26";
    } else if (n === 27) {
      return "n27";
    } else if (n === 28) {
      return "n28";
    } else if (n === 29) {
      return "n29";
    } else if (n === 30) {
      return "n30";
    } else if (n === 31) {
      return "n31";
    } else if (n === 32) {
      return "n32";
    } else if (n === 33) {
      return "n33";
    } else if (n === 34) {
      return "n34";
    } else if (n === 35) {
      return "n35";
    } else if (n === 36) {
      return "n36";
    } else if (n === 37) {
      return "n37";
    } else if (n === 38) {
      return "n38";
    } else if (n === 39) {
      return "n39";
    }
    return "?";
  };
  out.push(range(0, 45, 7).map(name).join());
  return Response.text(out.join("\n"));
}

// timingSafeEqual
import { timingSafeEqual } from "purview:auth";
function handler(): Response {
  const lines = [
    JSON.stringify(timingSafeEqual("a", "a")),
    JSON.stringify(timingSafeEqual("a", "b")),
    JSON.stringify(timingSafeEqual("a", "ab")),
  ];
  return Response.text(lines.join("\n"));
}

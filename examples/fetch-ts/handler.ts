// Requests to another server: one, two at the same time, and whichever of two answers first. The origin stands in the module's imports;
// what the handler may reach is one line of its policy. The server is on this machine, which the policy has to say: private
// addresses are refused unless the operator names their host.
import { fetchSync } from "purview:fetch";
import { parallel, race } from "purview:io";

type Weather = { city: string; celsius: number };

const ask = (path: string): Response => fetchSync(`http://localhost:18080${path}`, { headers: { accept: "application/json" } });

/** What the other server says, or what went wrong as our own answer. */
function read(answer: Response): Result<Weather, Response> {
  if (answer.error !== undefined) {
    return Result.err(Response.text(answer.error, { status: 502 }));
  }
  if (answer.status === 404) {
    return Result.err(Response.text("nobody knows this city", { status: 404 }));
  }
  if (!answer.ok) {
    return Result.err(Response.text(`the weather server says ${answer.status}`, { status: 502 }));
  }
  const weather = answer.json();
  return weather === undefined ? Result.err(Response.text("no weather in the answer", { status: 502 })) : Result.ok(weather);
}

function shown(answer: Response): Response {
  const weather = read(answer);
  return weather.ok ? Response.json(weather.value) : weather.error;
}

/** Which of two cities is warmer. Both questions are under way at the same time. */
function warmer(one: string, other: string): Response {
  const [first, second] = parallel([() => read(ask(`/weather/${one}`)), () => read(ask(`/weather/${other}`))]);
  if (!first.ok) {
    return first.error;
  }
  if (!second.ok) {
    return second.error;
  }
  return Response.text(first.value.celsius >= second.value.celsius ? first.value.city : second.value.city);
}

/** The weather from two mirrors: the first answer counts, the other request is ended. */
function fastest(city: string): Response {
  const answer = race([() => ask(`/slow/${city}`), () => ask(`/weather/${city}`)]);
  assert answer !== undefined, Response.text("no mirror answers", { status: 502 });
  return shown(answer);
}

export default function handler(request: Request): Response {
  const [, what, one, other] = request.path.split("/");
  switch (what) {
    case "weather":
      return shown(ask(`/weather/${one ?? ""}`));
    case "warmer":
      return warmer(one ?? "", other ?? "");
    case "fastest":
      return fastest(one ?? "");
    default:
      return Response.text("nothing here", { status: 404 });
  }
}

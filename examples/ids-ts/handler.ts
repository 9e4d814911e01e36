// Names and moments: identifiers of four kinds, a throw of dice, and times as people, programs and HTTP write them. Clock and randomness
// need no permission; the module's imports say that they are used.
import { nanoid, ulid, uuid, uuidV7 } from "purview:id";
import { addSeconds, formatHttp, formatIso, parseIso } from "purview:time";

const hour = 3600;

/** A ticket that is good for an hour. */
function ticket(): Response {
  const now = Date.now();
  const until = addSeconds(now, hour);
  return Response.json(
    { id: uuid(), code: nanoid(10), issued: formatIso(now), until: formatIso(until), seconds: (until - now) / 1000 },
    { status: 201, headers: { expires: formatHttp(until) } },
  );
}

/** Names that sort as they were made: these begin with the time. */
function sorted(): Response {
  const ids = range(3).map(() => uuidV7());
  return Response.json({ ulid: ulid(), ids, inOrder: ids.map((id) => id.slice(0, 13)).every((time, at, times) => at === 0 || (times[at - 1] ?? "") <= time) });
}

const dice = (): number => 1 + Math.floor(Math.random() * 6);

/** When a moment was, and how long it lasts from there. */
function moment(text: string | undefined): Response {
  const at = parseIso(text ?? "");
  assert at !== undefined, Response.text("this is no moment", { status: 422 });
  return Response.json({ ms: at, iso: formatIso(at), http: formatHttp(at), tomorrow: formatIso(addSeconds(at, 24 * hour)) });
}

export function handler(request: Request): Response {
  return match (`${request.method} ${request.path}`) {
    when "POST /tickets": ticket()
    when "GET /sorted": sorted()
    when "GET /dice": Response.json({ fair: range(100).map(dice).every((pips) => 1 <= pips && pips <= 6) })
    when "GET /moment": moment(request.query.at)
    default: Response.text("nothing here", { status: 404 })
  };
}

// A page made of components: lists, conditions, fragments, and text that is escaped wherever it comes from.
import { Layout } from "./layout";

type Train = { to: string; minutes: number; late: boolean };

const trains: Train[] = [
  { to: "Baden & Brugg", minutes: 3, late: false },
  { to: "Chur", minutes: 12, late: true },
  { to: "Genève-Aéroport", minutes: 27, late: false },
];

function Row(props: { train: Train }) {
  const { to, minutes, late } = props.train;
  return (
    <li className={late ? "late" : "on-time"}>
      {to} in {minutes} min{late && <b> (late)</b>}
    </li>
  );
}

function Board(props: { wanted: string }) {
  const shown = trains.filter((train) => train.to.toLowerCase().includes(props.wanted.toLowerCase()));
  if (shown.length === 0) {
    return <p>No train goes to “{props.wanted}”.</p>;
  }
  return (
    <>
      <p>{shown.length} of {trains.length} trains</p>
      <ul>{shown.map((train) => <Row train={train} />)}</ul>
    </>
  );
}

export default function handler(request: Request): Response {
  const wanted = request.query.to ?? "";
  return Response.html("<!doctype html>" + renderToString(<Layout title="Departures"><Board wanted={wanted} /></Layout>));
}

//! Names and moments: identifiers of four kinds, a throw of dice, and times as people, programs and HTTP write them. Clock and
//! randomness need no permission; the module's imports say that they are used.

use purview_guest::{Json, Query, Response, Schema, clock, get, id, post, random, time};
use serde::{Deserialize, Serialize};

const HOUR: i64 = 3600;

#[derive(Serialize, Schema)]
struct Ticket {
    id: String,
    code: String,
    issued: String,
    until: String,
}

/// A ticket that is good for an hour.
#[post("/tickets", status = 201)]
fn ticket() -> Response {
    let now = time::now();
    let until = time::add_seconds(now, HOUR);
    let ticket = Ticket {
        id: id::uuid(),
        code: id::nanoid(10),
        issued: time::format_iso(now),
        until: time::format_iso(until),
    };
    Response::json(&ticket).status(201).header("expires", time::format_http(until))
}

#[derive(Serialize, Schema)]
struct Sorted {
    ulid: String,
    uuid: String,
    seconds_later: u64,
}

/// Names that begin with the time, and how much later it is now.
#[get("/sorted")]
fn sorted() -> Json<Sorted> {
    let before = clock::now();
    let (ulid, uuid) = (id::ulid(), id::uuid_v7());
    Json(Sorted { ulid, uuid, seconds_later: (clock::now() - before).as_secs() })
}

/// Whether a hundred throws were all throws of a die.
#[get("/dice")]
fn dice() -> String {
    let throws = (0..100).map(|_| random::number() % 6 + 1);
    throws.filter(|pips| (1..=6).contains(pips)).count().to_string()
}

#[derive(Deserialize, Schema)]
struct When {
    at: String,
}

#[derive(Serialize, Schema)]
struct Moment {
    ms: i64,
    iso: String,
    http: String,
}

/// A moment in three forms.
#[get("/moment", responses(422 = "No moment"))]
fn moment(Query(when): Query<When>) -> Response {
    match time::parse_iso(&when.at) {
        Some(ms) => {
            let (iso, http) = (time::format_iso(ms), time::format_http(ms));
            Response::json(&Moment { ms, iso, http })
        }
        None => Response::text("this is no moment").status(422),
    }
}

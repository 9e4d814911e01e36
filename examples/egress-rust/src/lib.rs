//! Requests to another server: one, two at the same time, and whichever of two answers first. The origin stands in the module's
//! imports; what the handler may reach is one line of its policy. The server is on this machine, which the policy has to say:
//! private addresses are refused unless the operator names their host.

use std::time::Duration;

use purview_guest::{
    Json, Path, Response, egress,
    egress::{Answer, Failure, Origin},
    get, io,
};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Weather {
    city: String,
    celsius: f64,
}

fn api() -> Origin {
    egress!("http://localhost:18080")
}

/// What the other server says, or what went wrong as our own answer.
fn read(answer: Result<Answer, Failure>) -> Result<Weather, Response> {
    let answer = answer.map_err(|failure| Response::text(failure.code().to_owned()).status(502))?;
    match answer.status() {
        200 => answer.json().map_err(|_| Response::text("no weather in the answer").status(502)),
        404 => Err(Response::text("nobody knows this city").status(404)),
        other => Err(Response::text(format!("the weather server says {other}")).status(502)),
    }
}

/// The weather of a city.
#[get("/weather/{city}")]
fn weather(Path(city): Path<String>) -> Result<Json<Weather>, Response> {
    let pending = api()
        .get(&format!("/weather/{city}"))
        .header("accept", "application/json")
        .timeout(Duration::from_secs(2))
        .send();
    read(pending.wait()).map(Json)
}

/// Which of two cities is warmer. Both questions are under way at the same time.
#[get("/warmer/{first}/{second}")]
fn warmer(Path((first, second)): Path<(String, String)>) -> Result<String, Response> {
    let sends = [first, second].map(|city| api().get(&format!("/weather/{city}")).send());
    let [first, second] =
        &io::parallel(sends).into_iter().map(read).collect::<Result<Vec<_>, _>>()?[..]
    else {
        return Err(Response::text("two questions have two answers").status(500));
    };
    Ok(if first.celsius >= second.celsius { &first.city } else { &second.city }.clone())
}

/// The same weather from two mirrors: the first answer counts, the other request is ended.
#[get("/fastest/{city}")]
fn fastest(Path(city): Path<String>) -> Result<Json<Weather>, Response> {
    let mirrors =
        ["broken", "weather"].map(|mirror| api().get(&format!("/{mirror}/{city}")).send());
    let branches = mirrors.map(|pending| async { read(pending.await) });
    io::race(branches).map(Json).map_err(|_| Response::text("no mirror answers").status(502))
}

#[cfg(test)]
mod tests {
    use purview_guest::testing::{TestRequest, call};

    use super::*;

    /// A server that knows two cities.
    fn request(target: &str) -> TestRequest {
        TestRequest::get(target).upstream(|origin, sent| {
            assert_eq!((origin, sent.method.as_str()), ("http://localhost:18080", "GET"));
            match sent.target.as_str() {
                "/weather/oslo" => {
                    Ok(Answer::new(200).with_body(r#"{"city":"oslo","celsius":-3.5}"#))
                }
                "/weather/rome" => {
                    Ok(Answer::new(200).with_body(r#"{"city":"rome","celsius":21.0}"#))
                }
                "/weather/slow" => {
                    Err(Failure::new("ResponseHeadFailed", "no answer within 2000 ms"))
                }
                _ => Ok(Answer::new(404)),
            }
        })
    }

    #[test]
    fn the_weather_of_a_city() {
        assert_eq!(
            call::<weather>(request("/weather/oslo")).text(),
            r#"{"city":"oslo","celsius":-3.5}"#
        );
        assert_eq!(call::<weather>(request("/weather/nowhere")).status(), 404);
        let slow = call::<weather>(request("/weather/slow"));
        assert_eq!((slow.status(), slow.text()), (502, "ResponseHeadFailed"));
    }

    #[test]
    fn two_cities_at_once() {
        assert_eq!(call::<warmer>(request("/warmer/oslo/rome")).text(), "rome");
        assert_eq!(call::<warmer>(request("/warmer/oslo/nowhere")).status(), 404);
    }

    #[test]
    fn the_first_mirror_that_answers() {
        assert_eq!(call::<fastest>(request("/fastest/oslo")).status(), 200);
    }
}

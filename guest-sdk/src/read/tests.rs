//! Texts of requests, read as typed values: what is taken, and every mistake that is told.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::IpAddr,
    num::NonZeroU8,
};

use super::*;
use crate::Schema;

fn pairs(query: &str) -> Input<'_> {
    Input::pairs(crate::decode::pairs(query.as_bytes()), Names::Exact)
}

fn query<'q, T: Deserialize<'q> + Schema>(input: &Input<'q>) -> Result<T, String> {
    value(input, Place::root("query"), Names::Exact).map_err(|problems| shown(&problems))
}

fn json<T: for<'de> Deserialize<'de> + Schema>(text: &str) -> Result<T, String> {
    let input: Input<'_> = serde_json::from_str(text).expect("the test's text is JSON");
    value(&input, Place::root("body"), Names::Exact).map_err(|problems| shown(&problems))
}

/// A line each: the place, the kind.
fn shown(problems: &Problems) -> String {
    let line = |problem: &Problem| {
        let steps: Vec<String> = problem
            .loc
            .iter()
            .map(|step| match step {
                Step::Name(name) => name.to_string(),
                Step::Index(index) => index.to_string(),
            })
            .collect();
        format!("{}: {}", steps.join("."), problem.kind)
    };
    problems.list().iter().map(line).collect::<Vec<_>>().join(", ")
}

#[derive(Debug, PartialEq, Deserialize, Schema)]
struct Filter<'a> {
    id: u32,
    #[serde(default)]
    verbose: bool,
    name: Option<&'a str>,
    #[serde(default)]
    tag: Vec<String>,
    order: Option<Order>,
    ratio: Option<f64>,
}

#[derive(Debug, PartialEq, Deserialize, Schema)]
#[serde(rename_all = "lowercase")]
enum Order {
    Up,
    Down,
    Side,
}

#[derive(Debug, PartialEq, Deserialize, Schema)]
struct Id(u64);

#[test]
fn a_query_becomes_a_struct() {
    let input = pairs("tag=a&id=1&id=7&verbose=Yes&name=n&tag=b&order=down&other=x&ratio=-1.5e1");
    let filter = Filter {
        id: 7,
        verbose: true,
        name: Some("n"),
        tag: vec!["a".into(), "b".into()],
        order: Some(Order::Down),
        ratio: Some(-15.0),
    };
    assert_eq!(query(&input), Ok(filter));
    let least =
        |id| Filter { id, verbose: false, name: None, tag: vec![], order: None, ratio: None };
    assert_eq!(query(&pairs("id=1")), Ok(least(1)));
    // An empty text is no value for what is optional.
    assert_eq!(query(&pairs("id=1&name=&order=&ratio")), Ok(least(1)));
}

#[test]
fn single_values_tuples_and_maps() {
    assert_eq!(query(&pairs("id=42")), Ok(42u8));
    assert_eq!(query(&pairs("id=42")), Ok(Id(42)));
    assert_eq!(query(&pairs("id=x")), Ok("x"));
    assert_eq!(query(&pairs("id=x")), Ok('x'));
    assert_eq!(query(&pairs("a=x&b=-2.5")), Ok((String::from("x"), -2.5f64)));
    assert_eq!(
        query(&pairs("a=1&b=2")),
        Ok(BTreeMap::from([(String::from("a"), 1), ("b".into(), 2)]))
    );
    assert_eq!(query(&pairs("a=up")), Ok(Order::Up));
    assert_eq!(query(&pairs("a=::1")), Ok(IpAddr::from([0u16, 0, 0, 0, 0, 0, 0, 1])));
}

#[test]
fn numbers_and_truth_values_are_read_strictly() {
    for text in ["", "+5", "5.0", "1_000", "0x10", " 5", "5 ", "five", "--5", "5e0", "٣"] {
        let input = Input::Texts(vec![text.into()]);
        assert_eq!(query::<i64>(&input), Err("query: int_parsing".into()), "{text:?}");
    }
    for text in ["", "+5", "nan", "inf", "infinity", "0x1p3", ".5", "5.", "1e", "1_0.0", "- 5"] {
        let input = Input::Texts(vec![text.into()]);
        assert_eq!(query::<f64>(&input), Err("query: float_parsing".into()), "{text:?}");
    }
    for text in ["", "2", "ja", "t", "truee", " true"] {
        let input = Input::Texts(vec![text.into()]);
        assert_eq!(query::<bool>(&input), Err("query: bool_parsing".into()), "{text:?}");
    }
    for (text, value) in
        [("TRUE", true), ("on", true), ("1", true), ("No", false), ("off", false), ("0", false)]
    {
        assert_eq!(query(&Input::Texts(vec![text.into()])), Ok(value));
    }
    for (text, kind) in [
        ("256", "less_than_equal"),
        ("-1", "greater_than_equal"),
        (&"9".repeat(99), "less_than_equal"),
    ] {
        assert_eq!(query::<u8>(&Input::Texts(vec![text.into()])), Err(format!("query: {kind}")));
    }
    assert_eq!(query(&Input::Texts(vec!["18446744073709551615".into()])), Ok(u64::MAX));
    assert_eq!(query(&Input::Texts(vec!["007".into()])), Ok(7));
    assert_eq!(
        query::<f64>(&Input::Texts(vec!["1e999".into()])),
        Err("query: finite_number".into())
    );
}

#[test]
fn all_mistakes_of_a_query_are_found() {
    assert_eq!(
        query::<Filter<'_>>(&pairs("verbose=perhaps&order=left&ratio=x")),
        Err("query.id: missing, query.verbose: bool_parsing, query.order: enum, query.ratio: float_parsing".into())
    );
    assert_eq!(query::<u8>(&pairs("a=1&b=2")), Err("query: value_error".into()));
    assert_eq!(query::<u8>(&pairs("")), Err("query: value_error".into()));
    assert_eq!(
        query::<Vec<u8>>(&Input::Texts(vec!["1".into(), "x".into(), "999".into()])),
        Err("query.1: int_parsing, query.2: less_than_equal".into())
    );
}

#[derive(Debug, PartialEq, Deserialize, Schema)]
#[serde(deny_unknown_fields)]
struct Order2 {
    #[schema(min_length = 2)]
    name: String,
    address: IpAddr,
    count: NonZeroU8,
    lines: Vec<Line>,
    note: Option<String>,
    owner: IpAddr,
    paid: bool,
}

#[derive(Debug, PartialEq, Deserialize, Schema)]
struct Line {
    article: u32,
    #[schema(ge = 0.5, lt = 100)]
    price: f32,
    kind: Kind,
}

#[derive(Debug, PartialEq, Deserialize, Schema)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Plain,
    Gift { to: String },
    Lent(u8, u8),
    Old(Id),
}

#[test]
fn a_body_that_is_right_is_read() {
    let text = r#"{"name":"ab","address":"::1","count":1,"owner":"1.2.3.4","paid":false,"lines":[
        {"article":1,"price":0.5,"kind":"plain"},{"article":2,"price":7,"kind":{"gift":{"to":"a"}}},
        {"article":3,"price":1,"kind":{"lent":[1,2]}},{"article":4,"price":1,"kind":{"old":5}}]}"#;
    let order: Order2 = json(text).expect("it is right");
    assert_eq!(order, serde_json::from_str(text).expect("serde_json agrees"));
    assert_eq!(order.lines[3].kind, Kind::Old(Id(5)));
}

#[test]
fn all_mistakes_of_a_body_are_found() {
    let text = r#"{"address":"here","count":0,"owner":"there","paid":"yes","extra":1,"lines":[
        {"article":-1,"price":100,"kind":"none"},7,{"price":"1","kind":{"gift":{}}},{"article":1.5,"price":null,"kind":{"lent":[1,"2"]}}]}"#;
    assert_eq!(
        json::<Order2>(text),
        Err([
            "body.name: missing",
            "body.address: value_error",
            "body.count: value_error",
            "body.lines.0.article: greater_than_equal",
            "body.lines.0.kind: enum",
            "body.lines.1: model_attributes_type",
            "body.lines.2.article: missing",
            "body.lines.2.price: float_type",
            "body.lines.2.kind.gift.to: missing",
            "body.lines.3.article: int_from_float",
            "body.lines.3.price: float_type",
            "body.lines.3.kind.lent.1: int_type",
            "body.owner: value_error",
            "body.paid: bool_type",
            "body.extra: extra_forbidden",
        ]
        .join(", "))
    );
}

#[derive(Debug, PartialEq, Deserialize, Schema)]
struct Recursive {
    #[serde(default)]
    children: Vec<Recursive>,
    value: u8,
}

#[derive(Debug, PartialEq, Deserialize, Schema)]
#[serde(tag = "type")]
enum Shape {
    Circle { radius: f64 },
    Square { side: f64 },
}

#[derive(Debug, PartialEq, Deserialize, Schema)]
struct Flat {
    a: u8,
    #[serde(flatten)]
    rest: Inner,
}

#[derive(Debug, PartialEq, Deserialize, Schema)]
struct Inner {
    b: u8,
}

#[test]
fn shapes_of_serde() {
    let deep = r#"{"children":[{"children":[{"value":"x"}],"value":1},{"value":2}],"value":3}"#;
    assert_eq!(json::<Recursive>(deep), Err("body.children.0.children.0.value: int_type".into()));
    assert_eq!(json(r#"{"type":"Circle","radius":2.5}"#), Ok(Shape::Circle { radius: 2.5 }));
    assert_eq!(json::<Shape>(r#"{"type":"Line"}"#), Err("body.type: value_error".into()));
    assert_eq!(json::<Shape>(r#"{"radius":1}"#), Err("body.type: missing".into()));
    assert_eq!(json(r#"{"a":1,"b":2}"#), Ok(Flat { a: 1, rest: Inner { b: 2 } }));
    assert_eq!(json::<Flat>(r#"{"a":1}"#), Err("body.b: missing".into()));
    assert_eq!(json(r"[1,2,1]"), Ok(BTreeSet::from([1, 2])));
    assert_eq!(json::<Vec<u8>>("{}"), Err("body: list_type".into()));
    assert_eq!(json::<Inner>("[]"), Err("body: model_attributes_type".into()));
}

#[test]
fn many_mistakes_are_cut_and_take_bounded_time() {
    let text = format!("[{}]", vec!["-1"; 100_000].join(","));
    let problems = json::<Vec<u8>>(&text).expect_err("they are wrong");
    assert_eq!(problems.split(", ").count(), 100);
    let text = format!("[{}]", vec!["\"x\""; 10_000].join(","));
    assert!(json::<Vec<IpAddr>>(&text).is_err());
}

use purview_guest::get;

#[get("/a")]
fn takes_a_number(number: u32) -> String {
    number.to_string()
}

#[get("/b")]
fn gives_a_number() -> f32 {
    1.0
}

fn main() {}

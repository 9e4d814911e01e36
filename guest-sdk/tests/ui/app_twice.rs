use purview_guest::{Next, Request, app};

app!(middleware(no_answer, takes_nothing));

app!(tags("twice"));

fn no_answer(_: &Request, _: Next<'_>) -> usize {
    1
}

fn takes_nothing() {}

fn main() {}

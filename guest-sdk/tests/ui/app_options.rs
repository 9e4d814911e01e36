use purview_guest::app;

app!("/api", summary = "everything");

fn main() {}

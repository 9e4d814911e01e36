use purview_guest::{cache, egress, sql};

fn main() {
    let origin = "https://api.example.com";
    egress!(origin);
    egress!("https://api.example.com/users");
    egress!("ftp://example.com");
    egress!("api.example.com");
    cache!("*");
    cache!("");
    sql!("SELECT 1");
    sql!("one", "");
    sql!("", "SELECT 1");
}

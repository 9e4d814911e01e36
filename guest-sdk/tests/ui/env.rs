fn main() {
    let name = "NAME";
    purview_guest::env!(name);
    purview_guest::env!("");
    purview_guest::env!("*");
    purview_guest::env!("A=B");
}

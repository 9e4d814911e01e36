//! Arbitrary bytes as a request record: every text of it lies inside, or it is refused.
#![no_main]

use libfuzzer_sys::fuzz_target;
use purview_abi::wire::RequestView;

fuzz_target!(|record: &[u8]| {
    let Ok(view) = RequestView::new(record) else { return };
    let inside = view.record().as_ptr_range();
    let texts = [view.method(), view.path(), view.query().unwrap_or_default(), view.peer()];
    let headers = view.headers().flat_map(|(name, value)| [name, value]);
    let params = (0..).map_while(|index| view.param(index));
    for text in texts.into_iter().chain(headers).chain(params).filter(|text| !text.is_empty()) {
        let range = text.as_ptr_range();
        assert!(inside.start <= range.start && range.end <= inside.end);
    }
});

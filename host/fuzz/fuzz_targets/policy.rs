//! Any bytes as a policy.
#![no_main]

use libfuzzer_sys::fuzz_target;
use purview_fuzz::{
    limits::Limits,
    policy::{Policy, PolicyError},
};

fuzz_target!(|data: &[u8]| {
    match Policy::parse(data, "policy.json") {
        Ok(policy) => {
            let value: serde_json::Value = serde_json::from_slice(data).unwrap();
            assert!(value.is_object());
            for handler in policy.handlers() {
                policy.limits(&handler.name, &Limits::default());
            }
        }
        Err(error) => {
            let text = error.to_string();
            assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
            if let PolicyError::Invalid(report) = error {
                assert!(!report.problems().is_empty());
                for problem in report.problems() {
                    assert!(report.place(problem).line >= 1);
                }
            }
        }
    }
});

//! Entries of sections: names that an import can have, and hosts.

use std::ops::Range;

use purview_abi::name::{ANY, Import, NAME_BYTES_MAX};

use super::{BYTE_ORDER_MARK, Reader};
use crate::{
    contract::shown,
    policy::{HostPattern, json::Node},
};

impl Reader {
    pub(super) fn variable(&mut self, node: &Node<'_>, clause: &str) -> Option<String> {
        let text = self.string(node, &format!("this entry of `{clause}`"))?;
        self.variable_name(&text, node.mark(), clause)
    }

    pub(super) fn variable_name(
        &mut self,
        text: &str,
        at: Range<usize>,
        clause: &str,
    ) -> Option<String> {
        let name = self.plain_name(text, at.clone(), clause)?;
        if let Err(error) = Import::parse("purview:env", &name) {
            self.add(
                "policy.name",
                at,
                format!("`{}` in `{clause}` names no variable: {error}", shown(&name)),
                "write the variable's name alone",
            );
            return None;
        }
        Some(name)
    }

    pub(super) fn name(&mut self, node: &Node<'_>, clause: &str) -> Option<String> {
        let text = self.string(node, &format!("this entry of `{clause}`"))?;
        self.plain_name(&text, node.mark(), clause)
    }

    /// A name that a literal import can have.
    pub(super) fn plain_name(
        &mut self,
        text: &str,
        at: Range<usize>,
        clause: &str,
    ) -> Option<String> {
        let invisible = |c: char| c.is_control() || c == BYTE_ORDER_MARK;
        let (code, wrong, help) = if text.is_empty() {
            ("policy.empty", "is empty", "write a name, or remove the entry")
        } else if text == ANY {
            (
                "policy.name",
                "is `*`, which no literal name is",
                "to allow names chosen at run time, leave the section out",
            )
        } else if text.len() > NAME_BYTES_MAX {
            (
                "policy.name",
                "is longer than 512 bytes",
                "no import has such a name: remove the entry",
            )
        } else if text.contains(invisible) || text.trim() != text {
            (
                "policy.name",
                "holds invisible characters or begins or ends with a blank",
                "names are compared byte by byte: write it plainly",
            )
        } else {
            return Some(text.to_owned());
        };
        self.add(code, at, format!("this name in `{clause}` {wrong}"), help);
        None
    }

    pub(super) fn host(&mut self, node: &Node<'_>, clause: &str) -> Option<HostPattern> {
        let text = self.string(node, &format!("this entry of `{clause}`"))?;
        match HostPattern::parse(&text) {
            Ok(pattern) => Some(pattern),
            Err(error) => {
                let code = if text.is_empty() { "policy.empty" } else { "policy.host" };
                self.add(
                    code,
                    node.mark(),
                    format!("in `{clause}`: {}", error.message),
                    error.help,
                );
                None
            }
        }
    }
}

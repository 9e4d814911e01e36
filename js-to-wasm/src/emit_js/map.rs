//! Two source maps → one: from the printed code through the desugared text to the original. In: the printer's links and the
//! pieces that were copied. Out: a source map of version 3 as JSON.

use oxc_sourcemap::SourceMapBuilder;

use super::{
    desugar::{Desugared, Piece},
    print::Link,
};
use crate::source::SourceFile;

/// Joins the two maps. `lines` stand in front of the printed code.
pub(super) fn compose(
    links: &[Link],
    desugared: &Desugared,
    source: &SourceFile,
    lines: u32,
) -> String {
    let mut builder = SourceMapBuilder::default();
    let name = source.path().rsplit('/').next().unwrap_or(source.path());
    let id = builder.add_source_and_content(name, source.text());
    let index = Lines::new(&desugared.text);
    for link in links {
        let Some(offset) = index.offset(link.from) else { continue };
        let Some(original) = original(&desugared.pieces, offset) else { continue };
        let place = source.position(original);
        builder.add_token(
            link.to.0 + lines,
            link.to.1,
            place.line - 1,
            place.column_utf16 - 1,
            Some(id),
            None,
        );
    }
    builder.into_sourcemap().to_json_string()
}

/// The original offset of a desugared one, unless it lies in text that was made.
fn original(pieces: &[Piece], offset: u32) -> Option<u32> {
    let index = pieces.partition_point(|piece| piece.to <= offset).checked_sub(1)?;
    let piece = pieces[index];
    let into = offset - piece.to;
    (into < piece.length).then_some(piece.from + into)
}

/// Where the lines of a text begin.
struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Self {
        let starts =
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    /// The byte offset of a line and a column in UTF-16 units.
    fn offset(&self, (line, column): (u32, u32)) -> Option<u32> {
        let start = *self.starts.get(line as usize)?;
        let mut units = 0;
        for (at, c) in self.text[start..].char_indices() {
            if units >= column {
                return Some((start + at) as u32);
            }
            units += c.len_utf16() as u32;
        }
        Some(self.text.len() as u32)
    }
}

//! The client's style sheets, as the two that a browser gets: one with the page, one with the modules.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::tree;

/// What the first screens are drawn with: tokens, then what builds on them.
pub(crate) fn first(client: &Path) -> Result<String> {
    let style = client.join("style");
    let mut sheets = vec![style.join("tokens.css"), style.join("base.css")];
    for folder in ["components", "views"] {
        sheets.extend(sheets_in(&style.join(folder))?);
    }
    join(&sheets)
}

/// What all other screens take beside it; see `client/src/platform/later_style.rs`.
pub(crate) fn later(client: &Path) -> Result<String> {
    let style = client.join("style/later");
    let mut sheets = Vec::new();
    for folder in ["components", "views", "kinds"] {
        sheets.extend(sheets_in(&style.join(folder))?);
    }
    // Last, since it takes things away.
    sheets.push(style.join("print.css"));
    join(&sheets)
}

fn sheets_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = tree::files(folder)?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "css"));
    Ok(files)
}

fn join(sheets: &[PathBuf]) -> Result<String> {
    let mut all = String::new();
    for sheet in sheets {
        all.push_str(&tree::read_text(sheet).context("the client's style is not whole")?);
        all.push('\n');
    }
    Ok(all)
}

/// Leaves out comments and the white space that only people need: a sixth of what a phone downloads of the style.
pub(crate) fn squeeze(sheet: &str) -> String {
    // What no space need stand beside. A colon is not among them: `a :hover` and `a:hover` differ.
    const CLOSE: [char; 4] = ['{', '}', ';', ','];
    let mut squeezed = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some(next) = rest.chars().next() {
        let length = if let Some(comment) = rest.strip_prefix("/*") {
            comment.find("*/").map_or(rest.len(), |end| end + 4)
        } else if next.is_ascii_whitespace() {
            1
        } else {
            // What stands in quotes is taken as it is.
            let quoted = ['"', '\''].contains(&next).then(|| rest[1..].find(next)).flatten();
            let length = quoted.map_or(next.len_utf8(), |end| end + 2);
            if CLOSE.contains(&next) && squeezed.ends_with(' ') {
                squeezed.pop();
            }
            squeezed.push_str(&rest[..length]);
            rest = &rest[length..];
            continue;
        };
        if !squeezed.is_empty() && !squeezed.ends_with(' ') && !squeezed.ends_with(CLOSE) {
            squeezed.push(' ');
        }
        rest = &rest[length..];
    }
    squeezed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_needless_space_are_left_out_and_quotes_left_alone() {
        let sheet =
            "/* Why. */\n.a,\n.b > c :hover {\n  width: calc(1rem + 2px); /* so */\n  content: \" ; /* { \";\n}\n";
        assert_eq!(squeeze(sheet), ".a,.b > c :hover{width: calc(1rem + 2px);content: \" ; /* { \";}");
    }

    #[test]
    fn a_comment_between_two_words_leaves_them_apart() {
        assert_eq!(squeeze("margin: 1px/* top */2px;"), "margin: 1px 2px;");
        assert_eq!(squeeze("a{}/* no end"), "a{}");
    }
}

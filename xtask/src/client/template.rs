//! Fills the places marked `{{name}}` in a page, a script or a style sheet.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};

/// What each name stands for.
pub(crate) type Values = BTreeMap<String, String>;

/// Puts the values in. A name without a value is an error that lists the names there are.
pub(crate) fn fill(file: &str, template: &str, values: &Values) -> Result<String> {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}").with_context(|| format!("{file}: `{{{{` without `}}}}`"))?;
        let value = values.get(name).with_context(|| {
            let names = values.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
            format!("{file}: nothing is called `{name}`; there are: {names}")
        })?;
        filled.push_str(before);
        filled.push_str(value);
        rest = after;
    }
    filled.push_str(rest);
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values() -> Values {
        Values::from([("boot.js".to_owned(), "/assets/boot.1.js".to_owned())])
    }

    #[test]
    fn a_name_becomes_its_value() {
        let filled = fill("index.html", "<script src=\"{{boot.js}}\"></script>", &values()).unwrap();
        assert_eq!(filled, "<script src=\"/assets/boot.1.js\"></script>");
    }

    #[test]
    fn an_unknown_name_is_refused_with_the_names_there_are() {
        let error = fill("index.html", "{{bot.js}}", &values()).unwrap_err().to_string();
        assert_eq!(error, "index.html: nothing is called `bot.js`; there are: boot.js");
    }

    #[test]
    fn a_name_that_does_not_end_is_refused() {
        assert!(fill("index.html", "a {{boot.js b", &values()).is_err());
    }
}

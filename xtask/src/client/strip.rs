//! Takes out of a wasm module what no browser needs.

use anyhow::{Context as _, Result};

/// The id of sections that hold names, relocations and whatever else tools leave to each other.
const CUSTOM: u8 = 0;

/// The module without its custom sections: half of what the cut leaves in each.
pub(crate) fn without_custom_sections(module: &[u8]) -> Result<Vec<u8>> {
    let (header, mut rest) = module.split_at_checked(8).context("no wasm module: too short")?;
    let mut stripped = header.to_vec();
    while let Some(id) = rest.first() {
        let (length, begin) = length(&rest[1..])?;
        let end = 1 + begin + length;
        let section = rest.get(..end).context("no wasm module: a section ends after the file")?;
        if *id != CUSTOM {
            stripped.extend_from_slice(section);
        }
        rest = &rest[end..];
    }
    Ok(stripped)
}

/// Reads a LEB128 number, and gives it with the bytes that it took.
fn length(bytes: &[u8]) -> Result<(usize, usize)> {
    let mut value = 0;
    for (place, byte) in bytes.iter().enumerate().take(5) {
        value |= usize::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            return Ok((value, place + 1));
        }
    }
    anyhow::bail!("no wasm module: a length without end")
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: [u8; 8] = *b"\0asm\x01\0\0\0";

    #[test]
    fn only_custom_sections_go() {
        let long = [vec![0, 0x83, 0x01], vec![7; 0x83]].concat();
        let module = [&HEADER[..], &[1, 2, 9, 9], &long, &[3, 0], &[0, 1, b'x']].concat();
        assert_eq!(without_custom_sections(&module).unwrap(), [&HEADER[..], &[1, 2, 9, 9, 3, 0]].concat());
    }

    #[test]
    fn what_is_cut_off_is_refused() {
        assert!(without_custom_sections(b"\0asm").is_err());
        assert!(without_custom_sections(&[&HEADER[..], &[1, 2, 9]].concat()).is_err());
        assert!(without_custom_sections(&[&HEADER[..], &[1, 0x80]].concat()).is_err());
    }
}

//! Walks the columns of a change and counts what they claim.

use super::{ChunkError, MAX_ACTOR_BYTES, MAX_DEPS, MAX_KEY_BYTES, MAX_OPERATIONS, MAX_PREDECESSORS};

/// Column of the operations' actions; as long as the change has operations.
const ACTION: u64 = 0x42;
/// Column of how many predecessors each operation has.
const PREDECESSOR_COUNT: u64 = 0x70;
/// The bits of a column's number that tell its type, and the type of string columns.
const TYPE_BITS: u64 = 0x07;
const STRING: u64 = 0x05;

/// Counts what a change's body claims, and returns its number of operations.
pub(super) fn check(mut body: &[u8]) -> Result<u64, ChunkError> {
    let rest = &mut body;
    let deps = unsigned(rest)?;
    if deps > MAX_DEPS {
        return Err(ChunkError::TooManyDeps(deps));
    }
    skip(rest, deps * 32)?;
    skip_actor(rest)?;
    unsigned(rest)?; // seq
    unsigned(rest)?; // start op
    signed(rest)?; // time
    skip_prefixed(rest)?; // message
    for _ in 0..unsigned(rest)? {
        skip_actor(rest)?;
    }
    let mut columns = Vec::new();
    for _ in 0..unsigned(rest)? {
        columns.push((unsigned(rest)?, unsigned(rest)?));
    }
    let mut operations = 0;
    let mut key_bytes = 0_u64;
    for (column, length) in columns {
        let mut data = skip(rest, length)?;
        match column {
            ACTION => {
                operations = rows(&mut data, |data, _| unsigned(data).map(|_| ()))?;
                if operations > MAX_OPERATIONS {
                    return Err(ChunkError::TooManyOperations(operations));
                }
            }
            PREDECESSOR_COUNT => {
                let mut predecessors = 0_u64;
                rows(&mut data, |data, times| {
                    predecessors = predecessors.saturating_add(unsigned(data)?.saturating_mul(times));
                    Ok(())
                })?;
                if predecessors > MAX_PREDECESSORS {
                    return Err(ChunkError::TooManyPredecessors(predecessors));
                }
            }
            strings if strings & TYPE_BITS == STRING => {
                rows(&mut data, |data, times| {
                    let length = skip_prefixed(data)?;
                    key_bytes = key_bytes.saturating_add(length.saturating_mul(times));
                    Ok(())
                })?;
                if key_bytes > MAX_KEY_BYTES {
                    return Err(ChunkError::TooLongKeys(key_bytes));
                }
            }
            _ => {}
        }
    }
    Ok(operations)
}

/// The bit of a column's number that says that it is deflated.
const DEFLATED: u64 = 0x08;

/// How many bytes the body of a document's chunk has once its columns are inflated. They are only counted, not kept.
pub(super) fn inflated_document(mut body: &[u8]) -> Result<usize, ChunkError> {
    let rest = &mut body;
    let mut total = rest.len();
    for _ in 0..unsigned(rest)? {
        skip_prefixed(rest)?;
    }
    let heads = unsigned(rest)?;
    skip(rest, heads.saturating_mul(32))?;
    let mut columns = Vec::new();
    for _kind in ["changes", "operations"] {
        for _ in 0..unsigned(rest)? {
            columns.push((unsigned(rest)?, unsigned(rest)?));
        }
    }
    for (column, length) in columns {
        let data = skip(rest, length)?;
        if column & DEFLATED != 0 {
            let inflated = std::io::copy(&mut flate2::bufread::DeflateDecoder::new(data), &mut std::io::sink());
            let inflated = inflated.map_err(|_| ChunkError::Inflated)?;
            total = total.saturating_sub(data.len()).saturating_add(usize::try_from(inflated).unwrap_or(usize::MAX));
        }
    }
    Ok(total)
}

fn skip_actor(data: &mut &[u8]) -> Result<(), ChunkError> {
    let length = skip_prefixed(data)?;
    if length > MAX_ACTOR_BYTES { Err(ChunkError::TooLongActor(length)) } else { Ok(()) }
}

/// Walks a run-length column and returns its number of rows; `value` reads one value that stands for so many rows.
fn rows(data: &mut &[u8], mut value: impl FnMut(&mut &[u8], u64) -> Result<(), ChunkError>) -> Result<u64, ChunkError> {
    let mut rows = 0_u64;
    while !data.is_empty() {
        let run = signed(data)?;
        let length = match run {
            0 => unsigned(data)?,
            1.. => {
                value(data, run.unsigned_abs())?;
                run.unsigned_abs()
            }
            ..0 => {
                // Each value takes at least a byte, so the data bounds the loop.
                for _ in 0..run.unsigned_abs() {
                    value(data, 1)?;
                }
                run.unsigned_abs()
            }
        };
        rows = rows.saturating_add(length);
    }
    Ok(rows)
}

fn skip<'a>(data: &mut &'a [u8], length: u64) -> Result<&'a [u8], ChunkError> {
    let length = usize::try_from(length).map_err(|_| ChunkError::Malformed)?;
    if length > data.len() {
        return Err(ChunkError::Malformed);
    }
    let (skipped, rest) = data.split_at(length);
    *data = rest;
    Ok(skipped)
}

fn skip_prefixed(data: &mut &[u8]) -> Result<u64, ChunkError> {
    let length = unsigned(data)?;
    skip(data, length)?;
    Ok(length)
}

/// Reads a ULEB128 number.
pub(super) fn unsigned(data: &mut &[u8]) -> Result<u64, ChunkError> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = data.split_first().ok_or(ChunkError::Malformed)?;
        *data = rest;
        let bits = u64::from(byte & 0x7f);
        if shift == 63 && bits > 1 {
            return Err(ChunkError::Malformed);
        }
        value |= bits << shift;
        if byte & 0x80 == 0 {
            return Ok(value);
        }
    }
    Err(ChunkError::Malformed)
}

/// Reads a LEB128 number.
fn signed(data: &mut &[u8]) -> Result<i64, ChunkError> {
    let mut value = 0_i64;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = data.split_first().ok_or(ChunkError::Malformed)?;
        *data = rest;
        value |= i64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            if shift < 57 && byte & 0x40 != 0 {
                value |= -1 << (shift + 7);
            }
            return Ok(value);
        }
    }
    Err(ChunkError::Malformed)
}

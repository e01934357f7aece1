//! `dialogtavle check` and `dialogtavle compact`.

use anyhow::{Result, bail};
use server::announce;
use server::folder::{Folder, FolderError};
use server::settings::DataFolder;
use server::store::sqlite;

use super::say;

/// Says what is wrong with the store; false when something is.
pub(crate) fn check(settings: &DataFolder) -> Result<bool> {
    let found = sqlite::examine(&settings.data)?;
    found.findings.iter().for_each(|finding| say(&finding.told()));
    say(&found.told());
    Ok(!found.is_damaged())
}

pub(crate) fn compact(settings: &DataFolder) -> Result<()> {
    sqlite::find(&settings.data)?;
    let folder = match Folder::take(&settings.data) {
        Err(FolderError::Taken { .. }) => bail!(announce::compacts_by_itself()),
        taken => taken?,
    };
    say(&announce::compacted(sqlite::compact(folder.path())?));
    Ok(())
}

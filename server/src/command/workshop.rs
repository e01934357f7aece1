//! `dialogtavle workshop`: through the relay that runs on the folder, else on the store itself.

use std::io::{BufRead as _, Write as _};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use server::announce;
use server::desk::{Desk, Reply, Request, line};
use server::folder::Folder;
use server::settings::{NewWorkshop, OwnContent, WorkshopCommand};
use server::store::Store as _;
use server::store::sqlite::SqliteStore;
use server::workshop::Wanted;

use super::{content, say};

pub(crate) async fn run(command: WorkshopCommand) -> Result<()> {
    match command {
        WorkshopCommand::New(NewWorkshop { tools, title, lang, public_url, own, data }) => {
            let wanted = Wanted { tools, title, lang: lang.into() };
            print(ask(&data.data, Request::New(wanted), public_url, &own).await?)
        }
        WorkshopCommand::List { data } => print(look(&data.data, Request::List).await?),
        WorkshopCommand::Show { id, data } => print(look(&data.data, Request::Show(id.to_string())).await?),
        WorkshopCommand::Delete { id, yes, data } => {
            if !yes && !is_sure(&id.to_string())? {
                say(&announce::nothing_deleted());
                return Ok(());
            }
            print(look(&data.data, Request::Delete(id.to_string())).await?)
        }
    }
}

/// Asks for what takes neither tools nor an address.
async fn look(folder: &Path, request: Request) -> Result<Reply> {
    ask(folder, request, String::new(), &OwnContent { content: None }).await
}

async fn ask(folder: &Path, request: Request, origin: String, own: &OwnContent) -> Result<Reply> {
    let asked = line::ask(folder, &request).await.with_context(announce::no_answer)?;
    if let Some(reply) = asked {
        return Ok(reply);
    }
    let content = content::open(own)?;
    let folder = Folder::take(folder)?;
    let store = Arc::new(SqliteStore::open(folder.path(), None)?);
    let desk = Desk::new(Arc::clone(&store) as _, folder, Arc::new(content), origin);
    let reply = desk.answer(request).await;
    store.close().await?;
    Ok(reply)
}

fn print(reply: Reply) -> Result<()> {
    match reply {
        Reply::Made(answer) => say(&serde_json::to_string(&answer)?),
        Reply::Shown(summary) => say(&serde_json::to_string(&summary)?),
        Reply::Listed(all) => {
            for summary in all {
                say(&serde_json::to_string(&summary)?);
            }
        }
        Reply::Deleted => say(&announce::deleted()),
        Reply::Failed(words) => bail!(words),
    }
    Ok(())
}

fn is_sure(workshop: &str) -> Result<bool> {
    let mut error = std::io::stderr().lock();
    write!(error, "{} ", announce::ask_delete(workshop))?;
    error.flush()?;
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(["ja", "yes"].contains(&line.trim().to_lowercase().as_str()))
}

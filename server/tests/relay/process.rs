//! The binary: what it prints, how it fails, how it ends.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use automerge::transaction::Transactable as _;
use automerge::{ActorId, Automerge, AutomergeError, ROOT};
use server::content::Content;
use server::store::Store as _;
use server::store::sqlite::SqliteStore;
use server::workshop::{Wanted, make};
use shared::access::{Role, WorkshopId};
use shared::content::Language;
use shared::documents::Kind;
use shared::sync::document_sync::StoredChange;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::process::{Child, Command};

use crate::device::Device;
use crate::hall::PATIENCE;

fn dialogtavle(arguments: &[&str], data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dialogtavle"));
    command.args(arguments).arg("--data").arg(data);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    command
}

/// Starts a relay and waits for its line; returns it with what it listens on.
pub(crate) async fn serve(arguments: &[&str], data: &Path) -> (Child, String) {
    serve_with(arguments, data, Vec::new()).await
}

/// The same, with more in its environment.
pub(crate) async fn serve_with(
    arguments: &[&str],
    data: &Path,
    environment: Vec<(&'static str, PathBuf)>,
) -> (Child, String) {
    let all: Vec<&str> = ["serve", "--listen", "127.0.0.1:0"].iter().chain(arguments).copied().collect();
    let mut child = dialogtavle(&all, data).envs(environment).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let line = tokio::time::timeout(PATIENCE, lines.next_line()).await.unwrap().unwrap().unwrap();
    let origin = line.strip_prefix("listening on ").unwrap().to_owned();
    // Read to its end, or the relay could not write.
    tokio::spawn(async move { while lines.next_line().await.is_ok_and(|line| line.is_some()) {} });
    (child, origin)
}

pub(crate) async fn run(arguments: &[&str], data: &Path) -> (bool, String, String) {
    let output = tokio::time::timeout(PATIENCE, dialogtavle(arguments, data).output()).await.unwrap().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.success(), text(output.stdout), text(output.stderr))
}

pub(crate) async fn end(mut child: Child, signal: &str) {
    let id = child.id().unwrap().to_string();
    let start = Instant::now();
    assert!(Command::new("kill").args([signal, &id]).status().await.unwrap().success());
    let status = tokio::time::timeout(PATIENCE, child.wait()).await.unwrap().unwrap();
    assert_eq!(status.code(), Some(0));
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

#[tokio::test]
async fn signals_end_it_with_success() {
    let data = tempfile::tempdir().unwrap();
    for signal in ["-TERM", "-INT"] {
        let (child, origin) = serve(&[], data.path()).await;
        assert!(origin.starts_with("http://127.0.0.1:"));
        end(child, signal).await;
    }
}

#[tokio::test]
async fn it_does_not_wait_for_a_history_that_takes_long_to_read() {
    let data = tempfile::tempdir().unwrap();
    let wanted = Wanted { tools: Vec::new(), title: String::new(), lang: Language::Danish };
    let made = make(&Content::embedded().unwrap(), &wanted).unwrap();
    let capability = made.secret.capability(Role::Participant);
    let store = SqliteStore::open(data.path(), None).unwrap();
    store.add_workshop(made.record, made.documents).await.unwrap();
    store.append(capability.workshop.document(Kind::Board), slow_to_read()).await.unwrap();
    store.close().await.unwrap();

    let (child, origin) = serve(&[], data.path()).await;
    let relay = origin.strip_prefix("http://").unwrap().parse().unwrap();
    // Its joining begins the reading, which goes on without it.
    drop(Device::join(relay, capability).await);
    end(child, "-TERM").await;
}

/// Changes of which the last cannot be applied, so that each is tried alone on a copy of all before it.
fn slow_to_read() -> Vec<StoredChange> {
    let mut doc = Automerge::new().with_actor(ActorId::from([1; 16]));
    let mut other = Automerge::new().with_actor(ActorId::from([1; 16]));
    put_number(&mut other, 0, 1);
    for number in 0..20_000 {
        put_number(&mut doc, number, if number == 0 { 50_000 } else { 1 });
    }
    let all = [&doc, &other].into_iter().flat_map(|doc| doc.get_changes(&[]));
    all.map(|mut change| StoredChange { hash: change.hash(), bytes: change.bytes().into_owned() }).collect()
}

fn put_number(doc: &mut Automerge, number: u64, times: u64) {
    doc.transact::<_, _, AutomergeError>(|transaction| {
        (0..times).try_for_each(|time| transaction.put(ROOT, format!("{number} {time}"), time))
    })
    .unwrap();
}

#[tokio::test]
async fn commands_work_with_and_without_a_relay() {
    let data = tempfile::tempdir().unwrap();
    let new = ["workshop", "new", "--tools", "A1,A2", "--title", "Hverdagen", "--lang", "da"];
    let (ok, first, error) = run(&new, data.path()).await;
    assert!(ok, "{error}");
    let first: serde_json::Value = serde_json::from_str(&first).unwrap();
    let (child, origin) = serve(&[], data.path()).await;
    let (ok, second, error) = run(&new, data.path()).await;
    assert!(ok, "{error}");
    let second: serde_json::Value = serde_json::from_str(&second).unwrap();
    assert!(second["links"]["participant"].as_str().unwrap().starts_with(&origin), "the running relay's address");
    for _ in 0..2 {
        let (_, listed, _) = run(&["workshop", "list"], data.path()).await;
        assert_eq!(listed.lines().count(), 2, "{listed}");
    }
    let id = second["workshop"].as_str().unwrap();
    let (ok, said, _) = run(&["workshop", "delete", id], data.path()).await;
    assert!(ok && said.contains("Nothing was deleted"), "without an answer nothing is deleted: {said}");
    assert!(run(&["workshop", "delete", id, "--yes"], data.path()).await.0);
    end(child, "-TERM").await;
    let (_, shown, _) = run(&["workshop", "show", id], data.path()).await;
    assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).unwrap()["deleted"], true);
    let id = first["workshop"].as_str().unwrap();
    let (_, shown, _) = run(&["workshop", "show", id], data.path()).await;
    assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).unwrap()["title"], "Hverdagen");
    let (ok, _, error) = run(&["workshop", "show", "nothing"], data.path()).await;
    assert!(!ok && error.contains("not a workshop id"), "{error}");
}

#[tokio::test]
async fn what_stops_it_is_told_with_what_to_do_and_nothing_else() {
    let busy = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = busy.local_addr().unwrap().to_string();
    let data = tempfile::tempdir().unwrap();
    let path = |name: &str| data.path().join(name);
    std::fs::write(path("file"), "in the way").unwrap();
    let broken = path("broken");
    std::fs::create_dir(&broken).unwrap();
    std::fs::write(broken.join("dialogtavle.sqlite"), "not a store ".repeat(1_000)).unwrap();
    let certificate = path("file").to_str().unwrap().to_owned();
    let tls = ["serve", "--listen", "127.0.0.1:0", "--tls-cert", &certificate, "--tls-key", &certificate];
    let new = ["workshop", "new", "--tools", "Q9"];
    let unknown = ["workshop", "show", &WorkshopId([7; 16]).to_string()];
    for (arguments, folder, danish, english) in [
        (&["serve", "--listen", &taken] as &[&str], path("a"), "er optaget", "choose another with --listen"),
        (&["serve", "--listen", "127.0.0.1:0"], path("file").join("below"), "kan ikke skrive", "another with --data"),
        (&["serve", "--listen", "127.0.0.1:0"], broken, "er beskadiget", "move it"),
        (&tls, path("b"), "kan ikke bruge certifikatet", "must be PEM"),
        (&new, path("c"), "Der er intet værktøj, der hedder Q9", "There is no tool named Q9"),
        (&unknown, path("d"), "her er ingen workshop", "names those that there are"),
    ] {
        let (ok, _, error) = run(arguments, &folder).await;
        assert!(!ok && error.contains("Fejl · error: "), "{error}");
        let (first, second) = (error.find(danish), error.find(english));
        assert!(first.is_some() && first < second, "Danish first, English beside it: {error}");
        assert!(!error.contains("backtrace") && !error.contains("panicked"), "{error}");
        let lines = error.lines().filter(|line| !line.contains(" INFO ")).count();
        assert_eq!(lines, 1, "{error}");
    }
}

#[tokio::test]
async fn two_relays_do_not_share_a_folder() {
    let data = tempfile::tempdir().unwrap();
    let (_child, _) = serve(&[], data.path()).await;
    let (ok, _, error) = run(&["serve", "--listen", "127.0.0.1:0"], data.path()).await;
    assert!(!ok && error.contains("another dialogtavle"), "{error}");
}

#[tokio::test]
async fn the_demo_stays_the_same_and_its_links_are_not_logged() {
    let data = tempfile::tempdir().unwrap();
    let mut links = Vec::new();
    for _ in 0..2 {
        let mut child = dialogtavle(&["serve", "--listen", "127.0.0.1:0", "--demo"], data.path()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut shown = String::new();
        while !shown.contains('█') {
            let line = tokio::time::timeout(PATIENCE, lines.next_line()).await.unwrap().unwrap().unwrap();
            shown.push_str(&line);
            shown.push('\n');
        }
        let secrets: Vec<String> =
            shown.split("/#/w/").skip(1).map(|rest| rest.split_whitespace().next().unwrap().to_owned()).collect();
        assert_eq!(secrets.len(), 4);
        let mut log = String::new();
        let mut stderr = child.stderr.take().unwrap();
        tokio::spawn(async move { while lines.next_line().await.is_ok_and(|line| line.is_some()) {} });
        end(child, "-TERM").await;
        stderr.read_to_string(&mut log).await.unwrap();
        for secret in &secrets {
            assert!(!log.contains(secret.split('/').nth(1).unwrap()), "{log}");
        }
        links.push(secrets);
    }
    assert_eq!(links[0], links[1]);
}

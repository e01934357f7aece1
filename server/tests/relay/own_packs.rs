//! A work-place's own packs: offered beside the shipped ones, told when they are broken, and not needed by what began
//! with them.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;
use server::content::skeleton;
use shared::content::{Pack, PackIndex, Tool};
use shared::documents::Kind;
use shared::documents::control::ControlView;
use tokio::process::Command;

use crate::hall::{Hall, PATIENCE, Workshop};
use crate::process::{end, run, serve_with};

/// A pack named `name` in `folder`, as `content new` begins it.
fn pack(folder: &Path, name: &str) {
    skeleton::write(folder, name).unwrap();
}

/// Changes the pack's tool.
fn change(folder: &Path, name: &str, from: &str, to: &str) {
    let file = folder.join(name).join("tool.toml");
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains(from), "{from}");
    fs::write(file, text.replace(from, to)).unwrap();
}

async fn index(hall: &Hall) -> Vec<(String, String)> {
    let index = hall.get("/packs/index.cbor").await;
    if index.status == 404 {
        return Vec::new();
    }
    let index: PackIndex = minicbor::decode(&index.bytes).unwrap();
    index.packs.into_iter().map(|file| (file.id.to_string(), file.path)).collect()
}

async fn workshop(hall: &Hall, tool: &str) -> Workshop {
    let response = hall.post("/api/workshops", &format!(r#"{{"tools":["{tool}"],"title":"Vores","lang":"da"}}"#)).await;
    assert_eq!(response.status, 201, "{}", response.body);
    Workshop { answer: serde_json::from_str(&response.body).unwrap() }
}

/// The tools that a participant finds in the workshop.
async fn tools(hall: &Hall, workshop: &Workshop) -> Vec<Tool> {
    let mut phone = hall.device(workshop.participant()).await;
    phone.until("the control document", |phone| !ControlView::read(phone.doc(Kind::Control)).tools.is_empty()).await;
    let control = ControlView::read(phone.doc(Kind::Control));
    control.tools.iter().map(|instance| (*instance.tool).clone()).collect()
}

#[tokio::test]
async fn own_packs_are_offered_like_the_others_and_drafts_are_not() {
    let own = tempfile::tempdir().unwrap();
    for name in ["our-own", "under-way"] {
        pack(own.path(), name);
    }
    let draft = own.path().join("under-way/pack.toml");
    fs::write(&draft, fs::read_to_string(&draft).unwrap().replace("# draft", "draft")).unwrap();
    let shipped = index(&Hall::open().await).await;
    let hall = Hall::open_with_packs(own.path()).await;
    let offered = index(&hall).await;
    assert_eq!(offered[..shipped.len()], shipped, "what comes along is there first, as it was");
    let [(id, path)] = &offered[shipped.len()..] else { panic!("{offered:?}") };
    assert_eq!(id, "our-own");

    let file = hall.get(path).await;
    assert_eq!((file.status, file.header("content-type")), (200, "application/cbor"));
    assert!(file.header("cache-control").contains("immutable"), "it is named by its content");
    let pack: Pack = minicbor::decode(&file.bytes).unwrap();
    assert_eq!(pack.tools[0].id.as_str(), "OurOwnN1");
    let small = hall.request("GET", path, &[("accept-encoding", "gzip")], "").await;
    assert_eq!(small.header("content-encoding"), "gzip");
    assert!(small.bytes.len() < file.bytes.len() && small.header("etag") != file.header("etag"));
    let known = hall.request("GET", path, &[("if-none-match", file.header("etag"))], "").await;
    assert_eq!((known.status, known.bytes.len()), (304, 0));
    assert_eq!(hall.get("/packs/index.cbor").await.header("cache-control"), "no-cache");
    assert_eq!(hall.get("/packs/nothing.cbor").await.status, 404);
    assert_eq!(hall.post(path, "").await.status, 405);
}

#[tokio::test]
async fn a_workshop_keeps_the_version_it_began_with_when_its_pack_changes_and_when_it_is_gone() {
    let own = tempfile::tempdir().unwrap();
    pack(own.path(), "our-own");
    let mut hall = Hall::open_with_packs(own.path()).await;
    let (begun, offered) = (workshop(&hall, "OurOwnN1").await, index(&hall).await);
    let first = tools(&hall, &begun).await;
    assert_eq!(first[0].title.da, "Hvordan går det?");

    change(own.path(), "our-own", "Hvordan går det?\", en", "Hvordan gik det?\", en");
    hall.restart().await;
    assert_eq!(tools(&hall, &begun).await, first, "to the letter");
    assert_eq!(tools(&hall, &workshop(&hall, "OurOwnN1").await).await[0].title.da, "Hvordan gik det?");
    assert_ne!(index(&hall).await, offered, "what is offered is the new one, by another name");

    hall.own_packs = None;
    hall.restart().await;
    assert_eq!(tools(&hall, &begun).await, first);
    let refused = hall.post("/api/workshops", r#"{"tools":["OurOwnN1"]}"#).await;
    assert_eq!((refused.status, &refused.json()["error"]["code"]), (422, &"unknown-tool".into()));
}

/// Runs `dialogtavle content`, which has no data folder.
async fn content(arguments: &[&str], folder: &Path) -> (bool, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dialogtavle"));
    command.arg("content").args(arguments).current_dir(folder).stdin(Stdio::null()).kill_on_drop(true);
    let output = tokio::time::timeout(PATIENCE, command.output()).await.unwrap().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.success(), text(output.stdout), text(output.stderr))
}

#[tokio::test]
async fn a_pack_is_begun_checked_and_listed() {
    let folder = tempfile::tempdir().unwrap();
    let (ok, told, _) = content(&["check"], folder.path()).await;
    assert!(!ok && told.contains("Der er ingen pakker i .") && told.contains("There are no packs in ."), "{told}");
    let (ok, told, error) = content(&["new", "our-own"], folder.path()).await;
    assert!(ok && told.contains("content check ./our-own"), "{told}{error}");
    for checked in [&["check"] as &[&str], &["check", "our-own"]] {
        let (ok, told, _) = content(checked, folder.path()).await;
        assert!(ok && told.contains("1 pakker, 1 værktøjer · All is as it should be: 1 packs, 1 tools"), "{told}");
    }
    let (ok, listed, _) = content(&["list", "--json", "--content", "."], folder.path()).await;
    let listed: Vec<Value> = serde_json::from_str(&listed).unwrap();
    assert!(ok && listed.iter().any(|tool| tool["id"] == "A1" && tool["levels"] == 5 && tool["own"] == false));
    let own = listed.last().unwrap();
    assert_eq!((&own["id"], &own["own"], &own["questions"]), (&"OurOwnN1".into(), &true.into(), &2.into()));
    let (_, table, _) = content(&["list", "--content", "."], folder.path()).await;
    assert_eq!(table.lines().count(), listed.len() + 1);

    change(folder.path(), "our-own", "minutes = 20", "minuts = 20");
    change(folder.path(), "our-own", "max = 10", "max = 1");
    let (ok, told, _) = content(&["check", "."], folder.path()).await;
    let lines: Vec<_> = told.lines().collect();
    assert!(!ok && lines.len() == 4 && lines[3] == "3 fejl · 3 faults", "{told}");
    for (line, number, text) in
        [(0, 1, "`minutes` mangler"), (1, 11, "filens hoved har nøglen `minuts`"), (2, 30, "`barometer`")]
    {
        let place = format!("./our-own/tool.toml:{number}: {text}");
        assert!(lines[line].starts_with(&place) && lines[line].contains(" · "), "{told}");
    }
    let (ok, _, error) = content(&["check", "nowhere"], folder.path()).await;
    assert!(!ok && error.contains("kan ikke læse mappen") && error.contains("cannot read the folder"), "{error}");
}

#[tokio::test]
async fn the_packs_that_come_along_are_sound_and_none_may_take_their_ids() {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../content");
    let (ok, told, _) = content(&["check", "--shipped"], &shipped).await;
    assert!(ok && told.contains("4 packs, 45 tools"), "{told}");
    let (ok, told, _) = content(&["check"], &shipped).await;
    assert!(!ok && told.contains("`A1` is one of the tools that come with Dialogtavle"), "{told}");
    assert!(told.contains("`dialogkort` is one of the packs that come with Dialogtavle"), "{told}");
}

#[tokio::test]
async fn a_broken_pack_is_told_at_the_start_and_the_others_go_on() {
    let (own, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for name in ["broken", "sound", "taken"] {
        pack(own.path(), name);
    }
    change(own.path(), "broken", "min = 1", "min = \"one\"");
    change(own.path(), "taken", "TakenN1", "A1");
    fs::write(own.path().join("broken/more.toml"), [0xff, 0xfe]).unwrap();
    let folder = own.path().to_str().unwrap();
    let new = |tool| ["workshop", "new", "--content", folder, "--tools", tool];
    let (ok, made, told) = run(&new("SoundN1"), data.path()).await;
    assert!(ok && made.contains("\"participant\""), "{told}");
    for place in ["broken/more.toml: ", "taken/tool.toml:7: "] {
        let line = told.lines().find(|line| line.contains(place)).unwrap_or_else(|| panic!("{place}: {told}"));
        assert!(line.contains(" · "), "Danish and English: {line}");
    }
    fs::remove_file(own.path().join("broken/more.toml")).unwrap();
    let (ok, _, told) = run(&new("BrokenN1"), data.path()).await;
    assert!(!ok && told.contains("broken/tool.toml:33: `barometer/min` kan ikke læses"), "{told}");
    assert!(told.contains("There is no tool named BrokenN1") && told.contains("SoundN1"), "{told}");

    let environment = vec![("DIALOGTAVLE_CONTENT", own.path().to_path_buf())];
    let (child, origin) = serve_with(&[], data.path(), environment).await;
    let relay = origin.strip_prefix("http://").unwrap().parse().unwrap();
    let index = crate::hall::request(relay, "GET", "/packs/index.cbor", &[], b"").await.unwrap();
    let index: PackIndex = minicbor::decode(&index.bytes).unwrap();
    let ids: Vec<_> = index.packs.iter().map(|file| file.id.as_str()).collect();
    assert!(ids.ends_with(&["sound"]) && !ids.contains(&"broken") && !ids.contains(&"taken"), "{ids:?}");
    end(child, "-TERM").await;
    let (ok, _, told) = run(&["serve", "--listen", "127.0.0.1:0", "--content", "/nowhere"], data.path()).await;
    assert!(!ok && told.contains("kan ikke læse mappen med pakker /nowhere"), "{told}");
}

use super::*;
use crate::content::People;

/// A pack with one maturity table, to be spoilt by each test in its own way.
const MANIFEST: &str = r#"
id = "own"
version = 3
languages = ["da", "en"]
[source]
title = "Vores egen"
publisher = "Nordhallen"
"#;

const TOOL: &str = r#"
id = "N1"
minutes = 20
audience = "group"
title = { da = "Ro", en = "Calm" }
short_title = { da = "Ro", en = "Calm" }
summary = { da = "Om ro", en = "On calm" }

[[parts]]
kind = "maturity"
id = "calm"
levels = [
  { value = 1, id = "low", name = { da = "Lav", en = "Low" }, gist = { da = "Uro", en = "Unrest" }, characteristics = [{ id = "noise", da = "Der larmes", en = "There is noise" }] },
  { value = 2, id = "high", name = { da = "Høj", en = "High" }, gist = { da = "Ro", en = "Calm" }, characteristics = [{ id = "quiet", da = "Der er stille", en = "It is quiet" }] },
]
columns = [
  { role = "now", title = { da = "Nu", en = "Now" }, hint = { da = "Vælg", en = "Choose" }, example_prompt = { da = "Hvornår?", en = "When?" } },
  { role = "ambition", title = { da = "Mål", en = "Goal" }, hint = { da = "Ønsk", en = "Wish" }, example_prompt = { da = "Hvordan?", en = "How?" } },
]
prompts = [
  { id = "way", role = "obstacles", column = "ambition", title = { da = "Hvad spærrer?", en = "What blocks?" }, hint = { da = "Skriv", en = "Write" }, placeholder = { da = "Døren", en = "The door" } },
]

[[parts]]
kind = "agenda"
id = "hour"
aim = { da = "At få ro", en = "To get calm" }
preparation_minutes = 5
meeting_minutes = 20
phases = [{ id = "meet", moment = "meeting", title = { da = "Mød", en = "Meet" } }]
steps = [{ id = "sit", phase = "meet", title = { da = "Sid", en = "Sit" }, purpose = { da = "Så er vi her", en = "Then we are here" }, tasks = [{ id = "chair", da = "Find en stol", en = "Find a chair" }] }]

[[parts]]
kind = "reference"
id = "read"
sections = [{ id = "more", title = { da = "Mere", en = "More" }, paragraphs = [{ id = "book", da = "Læs en bog", en = "Read a book" }] }]
"#;

fn files(manifest: &str, tools: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut files = vec![("own/pack.toml".to_owned(), manifest.to_owned())];
    files.extend(tools.iter().map(|(name, text)| (format!("own/{name}"), (*text).to_owned())));
    files
}

/// Replaces each `from` in the tool by its `to`; a `from` that is not there is a fault of the test.
fn spoilt(changes: &[(&str, &str)]) -> String {
    let mut text = TOOL.to_owned();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    text
}

/// The messages for the tool with `changes`.
fn faults(changes: &[(&str, &str)]) -> Vec<String> {
    let errors = Pack::parse(&files(MANIFEST, &[("n1.toml", &spoilt(changes))])).unwrap_err();
    errors.iter().map(PackError::to_string).collect()
}

#[test]
fn a_pack_is_read_whole_and_its_source_goes_with_each_tool() {
    let pack = Pack::parse(&files(MANIFEST, &[("n1.toml", TOOL), ("README.md", "not a tool")])).unwrap();
    assert_eq!((pack.id.as_str(), pack.version, pack.tools.len()), ("own", 3, 1));
    let tool = pack.tool("N1").unwrap();
    assert_eq!(tool.source, pack.source);
    assert_eq!(tool.kinds().len(), 3);
    assert_eq!(Tool::from_bytes(&tool.to_bytes()).unwrap(), *tool);
    let bytes = minicbor::to_vec(&pack).unwrap();
    assert_eq!(minicbor::decode::<Pack>(&bytes).unwrap(), pack);
}

#[test]
fn all_faults_of_all_files_are_told_at_once_each_with_its_line() {
    let broken = spoilt(&[
        (r#"da = "Uro", "#, ""),
        (r#"id = "quiet""#, r#"id = "noise""#),
        ("value = 2", "value = 3"),
        (r#"short_title = { da = "Ro""#, r#"short_title = { da = "En meget lang titel om ro og fred""#),
        (r#"phase = "meet""#, r#"phase = "eat""#),
        (r#"[{ id = "book", da = "Læs en bog", en = "Read a book" }]"#, "5"),
        ("minutes = 20", ""),
        (r#"audience = "group""#, "layer = []"),
    ]);
    let manifest = MANIFEST.replace("publisher", "publischer");
    let syntax = "id = = 1\n\ntitle = [\n";
    let errors = Pack::parse(&files(&manifest, &[("a.toml", syntax), ("n1.toml", &broken)])).unwrap_err();
    let told: Vec<_> = errors.iter().map(PackError::to_string).collect();
    let expected = [
        "own/pack.toml:5: the source has no `publisher`; name it under `[source]`",
        "own/pack.toml:7: `source` has a key `publischer` that means nothing here; mend its spelling or remove it",
        "own/a.toml:1: not TOML: extra `=`, expected nothing; mend the line",
        "own/a.toml:1: not TOML: unexpected key or value, expected newline, `#`; mend the line",
        "own/a.toml:3: not TOML: unclosed array, expected `]`; mend the line",
        "own/n1.toml:1: the file's head has no `audience`; add it",
        "own/n1.toml:1: there are no `minutes`; write how many minutes the tool takes",
        "own/n1.toml:4: the file's head has a key `layer` that means nothing here; mend its spelling or remove it",
        "own/n1.toml:6: `short_title` is 33 characters in `da`, at most 24; shorten it",
        "own/n1.toml:12: the levels of `calm` have the values [1, 3]; list at least two, from 1 upwards without a gap",
        "own/n1.toml:13: `calm/low/gist` has no text in `da`; write it, or take `da` out of the pack's `languages`",
        "own/n1.toml:14: the id `noise` stands in line 13 already, at `calm/low/noise`; give one of them another",
        "own/n1.toml:31: `hour/sit` belongs to the phase `eat`, which is not under `phases`; add it or name another",
        "own/n1.toml:36: `read/more/paragraphs` cannot be read: invalid type: integer `5`, expected a sequence; mend it",
    ];
    assert_eq!(told, expected, "{}", told.join("\n"));
    let danish = errors[4].told(Language::Danish);
    assert_eq!(danish, "own/a.toml:3: ikke TOML: unclosed array, expected `]`; ret linjen");
}

#[test]
fn what_is_left_out_is_named_where_it_should_stand() {
    let line = |changes: &[(&str, &str)]| faults(changes).join("\n");
    assert_eq!(
        line(&[(r#"{ id = "book", da = "Læs en bog", en = "Read a book" }"#, "")]),
        "own/n1.toml:36: `read/more` says nothing; give it `paragraphs` or `items`"
    );
    assert_eq!(
        line(&[(r#"{ id = "chair", "#, "{ ")]),
        "own/n1.toml:31: `hour/sit/tasks 1` has no `id`; give it one of lower-case words with hyphens"
    );
    assert_eq!(
        line(&[(r#"title = { da = "Ro", en = "Calm" }"#, r#"title = { da = "Ro" }"#)]),
        "own/n1.toml:5: `title` has no text in `en`; write it, or take `en` out of the pack's `languages`"
    );
    assert_eq!(
        line(&[(r#"role = "ambition", title"#, r#"role = "now", title"#)]),
        "own/n1.toml:16: `calm` has the role `now` more than once under `columns`; keep one\n\
         own/n1.toml:16: `calm` has no column with `role = \"ambition\"`; add it"
    );
    assert_eq!(
        line(&[(r#"kind = "agenda""#, r#"kind = "diary""#)]),
        "own/n1.toml:25: `hour` has the kind `diary`; use one of: maturity, agenda, reference, cards, two-sided, grid, \
         matrix, scale, checklist, questions, curve, position"
    );
    assert_eq!(line(&[(r#"id = "N1""#, "")]), "own/n1.toml:1: the file's head has no `id`; add it");
    assert_eq!(line(&[(r#"id = "N1""#, r#"id = "1-n""#)]).lines().count(), 1);
    assert_eq!(line(&[(r#"id = "low""#, r#"id = "Low""#)]).lines().count(), 1);
    let no_parts = TOOL.split_once("[[parts]]").unwrap().0;
    let errors = Pack::parse(&files(MANIFEST, &[("n1.toml", no_parts)])).unwrap_err();
    assert!(matches!(errors[..], [PackError { fault: Fault::EmptyList { list: "parts" }, .. }]));
    let errors = Pack::parse(&files("", &[])).unwrap_err();
    let codes: Vec<_> = errors.into_iter().map(|error| error.fault).collect();
    let missing = |field| Fault::MissingSource { field };
    let [id, list] = [Fault::MissingKey { key: "id" }, Fault::EmptyList { list: "languages" }];
    assert_eq!(codes, [id, Fault::Version, list, missing("title"), missing("publisher")]);
}

#[test]
fn every_wrong_value_is_told_where_it_stands_and_hides_nothing_of_the_others() {
    let broken = spoilt(&[
        ("value = 1", "value = 'one'"),
        (r#"role = "obstacles""#, r#"role = "luck""#),
        (r#"column = "ambition", "#, ""),
        (r#"{ id = "chair", da = "Find en stol""#, r#"{ id = "chair", da = 5"#),
        (r#"da = "Læs en bog", "#, ""),
    ]);
    let errors = Pack::parse(&files(MANIFEST, &[("n1.toml", &broken)])).unwrap_err();
    let told: Vec<_> = errors.iter().map(PackError::to_string).collect();
    let expected = [
        "own/n1.toml:13: `calm/low/value` cannot be read: invalid type: string \"one\", expected u8; mend it",
        "own/n1.toml:21: `calm/way/role` cannot be read: unknown variant `luck`, expected one of `obstacles`, `signs`, \
         `time-frame`; mend it",
        "own/n1.toml:31: `hour/sit/chair` cannot be read: invalid type: integer `5`, expected a string; mend it",
        "own/n1.toml:36: `read/more/book` has no text in `da`; write it, or take `da` out of the pack's `languages`",
    ];
    assert_eq!(told, expected, "{}", told.join("\n"));
    let missing = faults(&[(r#"role = "obstacles", "#, "")]);
    assert_eq!(missing, ["own/n1.toml:21: `calm/way` cannot be read: missing field `role`; mend it"]);
}

#[test]
fn a_pack_may_be_in_danish_alone() {
    let danish = TOOL.replace(r#", en = "Calm""#, "");
    let manifest = MANIFEST.replace(r#", "en""#, "");
    let pack = Pack::parse(&files(&manifest, &[("n1.toml", &danish)])).unwrap();
    assert_eq!(pack.tools[0].title.get(Language::English), "Ro");
    assert!(Pack::parse(&files(MANIFEST, &[("n1.toml", &danish)])).is_err());
}

#[test]
fn packs_in_folders_of_their_own_may_not_claim_the_same_tool() {
    let mut both = files(MANIFEST, &[("n1.toml", TOOL)]);
    both.extend(files(MANIFEST, &[("n1.toml", TOOL)]).into_iter().map(|(path, text)| (format!("b/{path}"), text)));
    let told: Vec<_> = Pack::parse_all(&both).unwrap_err().iter().map(PackError::to_string).collect();
    let expected = [
        "own/pack.toml: the pack `own` is in b/own already; give one of them another id",
        "own/n1.toml:2: the tool `N1` is in b/own already; give one of them another id",
    ];
    assert_eq!(told, expected);
    let twice = files(MANIFEST, &[("n1.toml", TOOL), ("n2.toml", TOOL)]);
    let errors = Pack::parse(&twice).unwrap_err();
    assert!(
        matches!(&errors[..], [PackError { fault: Fault::DuplicateTool { other, .. }, .. }] if other == "own/n1.toml"),
        "{errors:?}"
    );
    assert_eq!(Pack::parse_all(&both[1..2]).unwrap_err()[0].fault, Fault::NoManifest);
}

#[test]
fn a_pack_that_is_not_sound_is_told_and_the_others_are_there_all_the_same() {
    let shipped = Pack::parse(&files(MANIFEST, &[("n1.toml", TOOL)])).unwrap();
    let named = |id: &str| MANIFEST.replace("\"own\"", &format!("{id:?}"));
    let mut all = files(&named("own"), &[("n2.toml", &TOOL.replace("N1", "N2"))]);
    for (folder, tool) in [("good", "N3"), ("taken", "N1"), ("worse", "N 4")] {
        let pack = files(&named(folder), &[("n.toml", &TOOL.replace("N1", tool))]);
        all.extend(pack.into_iter().map(|(path, text)| (path.replace("own/", &format!("{folder}/")), text)));
    }
    let (packs, errors) = Pack::parse_beside(&all, &[shipped]);
    assert_eq!(packs.iter().map(|pack| pack.id.as_str()).collect::<Vec<_>>(), ["good"]);
    let told: Vec<_> = errors.iter().map(|error| (error.file.as_str(), &error.fault)).collect();
    let expected = [
        ("own/pack.toml", &Fault::ShippedPack { pack: "own".into() }),
        ("taken/n.toml", &Fault::ShippedTool { tool: "N1".into() }),
        ("worse/n.toml", &Fault::BadToolId { id: "N 4".to_owned() }),
    ];
    assert_eq!(told, expected);
}

#[test]
fn programmes_are_read_and_each_fault_of_theirs_is_told() {
    let with = |tools: &str| {
        let programme = format!(
            "[[programmes]]\nid = 'hour'\ntitle = {{ da = 'En time', en = 'An hour' }}\n\
             summary = {{ da = 'Kort', en = 'Short' }}\ntools = {tools}\n"
        );
        files(&format!("{MANIFEST}\n{programme}"), &[("n1.toml", TOOL)])
    };
    let pack = Pack::parse(&with("[{ tool = 'N1', minutes = 10, times = 2 }]")).unwrap();
    let planned = &pack.programmes[0].tools[0];
    assert_eq!((planned.minutes, planned.times), (Some(10), Some(2)));
    assert_eq!(planned.of(&pack.tools[0]).minutes, 10);
    assert_eq!(minicbor::decode::<Pack>(&minicbor::to_vec(&pack).unwrap()).unwrap(), pack);

    let told =
        |tools: &str| Pack::parse_all(&with(tools)).unwrap_err().iter().map(PackError::to_string).collect::<Vec<_>>();
    assert_eq!(
        told("[{ tool = 'N9' }]"),
        ["own/pack.toml: the programme `hour` has the tool `N9`, which is not there; mend its id or take it out"]
    );
    assert!(told("[]")[0].ends_with("`hour` has nothing under `tools`; add at least one"), "{:?}", told("[]"));
    for numbers in ["minutes = 0", "minutes = 481", "times = 0", "times = 13"] {
        let told = told(&format!("[{{ tool = 'N1', {numbers} }}]"));
        assert!(told[0].contains("has `N1` with numbers that cannot be"), "{told:?}");
    }
}

#[test]
fn what_stands_on_the_groups_board_is_in_no_tool_of_ones_own() {
    let own = ("audience = \"group\"", "audience = \"own\"");
    assert_eq!(
        faults(&[own]),
        [
            "own/n1.toml:9: `calm` is of the kind `maturity`, which stands on the group's board; write `audience = \"group\"`, \
          perhaps with `also = [\"own\"]`, or take the part out"
        ]
    );
    assert!(
        Pack::parse(&files(MANIFEST, &[("n1.toml", &spoilt(&[(own.0, "audience = \"group\"\nalso = [\"own\"]")]))]))
            .is_ok()
    );
}

#[test]
fn a_tool_says_how_many_people_it_is_for() {
    let pack = |people: &str| {
        let tool = TOOL.replacen("audience =", &format!("people = {people}\naudience ="), 1);
        Pack::parse(&files(MANIFEST, &[("n1.toml", &tool)]))
    };
    assert_eq!(pack("{ from = 2, to = 8 }").unwrap().tools[0].people(), People { from: 2, to: Some(8) });
    for people in ["{ from = 0 }", "{ from = 4, to = 3 }"] {
        let errors = pack(people).unwrap_err();
        assert!(matches!(errors[..], [PackError { fault: Fault::People, .. }]), "{errors:?}");
    }
}

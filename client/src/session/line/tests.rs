use shared::access::{FacilitatorSecret, Role};
use shared::sync::message::Features;

use super::ways::HELD;
use super::*;

const WEBSOCKET: LineOutput = LineOutput::Dial(Way::Websocket);
const HTTP: LineOutput = LineOutput::Dial(Way::Http);

fn line() -> Line {
    let capability = FacilitatorSecret::from_random([1; 16]).capability(Role::Participant);
    let caller = Caller { capability, public_key: None, session: [2; 16], app: "test".into() };
    Line::new(Millis(0), Some(caller), 7)
}

fn relay(now: u64) -> Connection {
    Connection::accept(Millis(now), Local::relay(PeerId::new("relay").unwrap(), "Relæet"), Limits::ACCEPTING)
}

/// Carries frames between the two until nothing more is said, admitting whoever asks; gives what the line wants.
fn meet(now: u64, line: &mut Line, relay: &mut Connection, mut frames: Vec<LineOutput>) -> Vec<LineOutput> {
    let (now, mut seen) = (Millis(now), Vec::new());
    while !frames.is_empty() {
        let output = frames.remove(0);
        let LineOutput::Transmit(way, frame) = output else {
            seen.push(output);
            continue;
        };
        let mut answers = relay.handle(now, Input::Received(&frame));
        while !answers.is_empty() {
            match answers.remove(0) {
                Output::Transmit(frame) => frames.extend(line.handle(now, LineInput::Frame(way, &frame))),
                Output::Admit(join) => {
                    let claim = join.metadata.announcement.unwrap().claim.unwrap();
                    assert_eq!(claim.role, "participant");
                    answers.extend(relay.admit(now));
                }
                _ => {}
            }
        }
    }
    seen
}

fn online(now: u64) -> (Line, Connection) {
    let (mut line, mut relay) = (line(), relay(now));
    assert_eq!(line.handle(Millis(now), LineInput::Tick), [WEBSOCKET]);
    let join = line.handle(Millis(now), LineInput::Opened(Way::Websocket));
    assert_eq!(meet(now, &mut line, &mut relay, join), [LineOutput::Joined]);
    (line, relay)
}

#[test]
fn without_a_caller_nothing_is_ever_dialled_or_sent() {
    let mut line = Line::new(Millis(0), None, 7);
    let day = Millis::from_secs(86_400);
    for now in [Millis(0), Millis(1), day] {
        for input in [
            LineInput::Tick,
            LineInput::TryNow,
            LineInput::Opened(Way::Websocket),
            LineInput::Frame(Way::Http, b"frame"),
            LineInput::Closed(Way::Websocket),
        ] {
            assert_eq!(line.handle(now, input), [], "{input:?}");
        }
        assert_eq!(line.send(now, Message::Heartbeat), []);
        assert_eq!(line.give_up(now, CloseReason::Done), []);
    }
    assert_eq!((line.state(), line.next_try(), line.next_deadline()), (LineState::LocalOnly, None, None));
}

#[test]
fn a_line_joins_and_learns_the_relays_name() {
    let (line, _) = online(0);
    assert_eq!((line.state(), line.relay().as_deref()), (LineState::Online, Some("Relæet")));
    assert!(line.call.unwrap().connection.remote_has(Features::DURABLE));
}

#[test]
fn a_silent_line_is_noticed_within_ten_seconds_and_dialled_again() {
    let (mut line, _) = online(0);
    let mut now = Millis(0);
    while line.state() == LineState::Online {
        now = line.next_deadline().unwrap();
        line.handle(now, LineInput::Tick);
    }
    assert!(now <= Millis::from_secs(10), "{now}");
    assert_eq!(line.state(), LineState::Silent);
    let due = line.next_try().unwrap();
    assert!(due > now && due <= now + Millis(500));
    assert_eq!(line.handle(due, LineInput::Tick), [WEBSOCKET]);
}

/// Lets whatever was dialled fail, until nothing more is dialled; says which ways it went.
fn fails(now: Millis, line: &mut Line, mut outputs: Vec<LineOutput>) -> Vec<Way> {
    let mut ways = Vec::new();
    while let Some(LineOutput::Dial(way)) = outputs.pop() {
        ways.push(way);
        outputs = line.handle(now, LineInput::Closed(way));
    }
    ways
}

#[test]
fn a_relay_that_is_not_there_is_tried_ever_more_rarely_and_at_once_when_asked() {
    let mut line = line();
    let mut now = Millis(0);
    let mut waits = Vec::new();
    for _ in 0..10 {
        let outputs = line.handle(now, LineInput::Tick);
        assert_eq!(fails(now, &mut line, outputs)[0], Way::Websocket);
        let due = line.next_try().unwrap();
        waits.push(due.since(now).0);
        now = due;
    }
    assert!(waits[0] <= 500 && waits[9] >= 15_000 && waits[9] <= 30_000, "{waits:?}");
    let outputs = line.handle(now, LineInput::Tick);
    fails(now, &mut line, outputs);
    assert_eq!(line.handle(now, LineInput::TryNow), [WEBSOCKET]);
    assert_eq!(line.handle(now, LineInput::TryNow), [], "it is being dialled already");
}

/// A line that is joined over HTTP since no websocket got through, the time, and the relay's end.
fn blocked() -> (Line, Millis, Connection) {
    let mut line = line();
    let outputs = line.handle(Millis(0), LineInput::Tick);
    assert_eq!(fails(Millis(0), &mut line, outputs), [Way::Websocket], "once may be chance");
    let now = line.next_try().unwrap();
    assert_eq!(line.handle(now, LineInput::Tick), [WEBSOCKET]);
    let outputs = line.handle(now, LineInput::Closed(Way::Websocket));
    assert_eq!(outputs, [LineOutput::HangUp(Way::Websocket), HTTP]);
    let mut relay = relay(now.0);
    let join = line.handle(now, LineInput::Opened(Way::Http));
    assert_eq!(meet(now.0, &mut line, &mut relay, join), [LineOutput::Joined]);
    assert!(line.is_slow());
    (line, now, relay)
}

#[test]
fn s36_a_websocket_that_failed_twice_while_http_answers_is_done_without() {
    let (line, ..) = blocked();
    assert_eq!(line.state(), LineState::Online);
}

#[test]
fn s36_a_websocket_is_tried_beside_the_line_and_takes_its_place_once_it_has_joined() {
    let (mut line, joined, _) = blocked();
    let mut now = joined + Millis::from_secs(5);
    assert_eq!(line.handle(now, LineInput::Tick).last(), Some(&WEBSOCKET));
    assert_eq!(line.handle(now, LineInput::Closed(Way::Websocket)), [LineOutput::HangUp(Way::Websocket)]);
    assert!(line.is_slow() && line.is_joined(), "nothing is lost by trying");

    // The network may be another one.
    now = now + Millis(1);
    assert_eq!(line.handle(now, LineInput::TryNow).last(), Some(&WEBSOCKET));
    let join = line.handle(now, LineInput::Opened(Way::Websocket));
    assert!(line.is_slow());
    let seen = meet(now.0, &mut line, &mut relay(now.0), join);
    assert_eq!(seen, [LineOutput::HangUp(Way::Http), LineOutput::Down, LineOutput::Joined]);
    assert!(line.is_joined() && !line.is_slow());
}

#[test]
fn s36_a_websocket_that_hangs_is_given_up_and_tried_ever_more_rarely() {
    let (mut line, _, mut relay) = blocked();
    let mut tried = Vec::new();
    while tried.len() < 12 {
        let now = line.next_deadline().unwrap();
        let mut outputs = line.handle(now, LineInput::Tick);
        tried.extend(outputs.contains(&WEBSOCKET).then_some(now));
        // What is said on the websocket reaches nobody.
        outputs.retain(|output| !matches!(output, LineOutput::Transmit(Way::Websocket, _)));
        let seen = meet(now.0, &mut line, &mut relay, outputs);
        assert!(!seen.contains(&LineOutput::Down), "{seen:?}");
        // The relay is heard all the while.
        let beat = relay.handle(now, Input::Tick);
        for output in beat {
            if let Output::Transmit(frame) = output {
                line.handle(now, LineInput::Frame(Way::Http, &frame));
            }
        }
    }
    let waits: Vec<_> = tried.windows(2).map(|pair| pair[1].since(pair[0]).0 / 1_000).collect();
    assert!(waits.is_sorted() && waits[0] <= 16 && waits[10] >= 300, "{waits:?}");
}

#[test]
fn s36_a_line_over_http_that_ends_is_dialled_over_http_and_the_websocket_tried_at_once() {
    let (mut line, now, _) = blocked();
    line.handle(now, LineInput::Closed(Way::Http));
    let now = line.next_try().unwrap();
    assert_eq!(line.handle(now, LineInput::Tick), [HTTP]);
    let join = line.handle(now, LineInput::Opened(Way::Http));
    meet(now.0, &mut line, &mut relay(now.0), join);
    assert_eq!(line.handle(now, LineInput::Tick), [WEBSOCKET]);
    // The relay gave the line's place to the websocket before its own word came.
    assert_eq!(line.handle(now, LineInput::Closed(Way::Http)), [LineOutput::HangUp(Way::Http), LineOutput::Down]);
    assert_eq!(line.state(), LineState::Connecting);
    let join = line.handle(now, LineInput::Opened(Way::Websocket));
    assert_eq!(meet(now.0, &mut line, &mut relay(now.0), join), [LineOutput::Joined]);
    assert!(!line.is_slow());
}

/// Joins by what was just dialled; gives what the line wants, and the relay's end.
fn joins(now: Millis, line: &mut Line, way: Way) -> (Vec<LineOutput>, Connection) {
    let join = line.handle(now, LineInput::Opened(way));
    let mut relay = relay(now.0);
    (meet(now.0, line, &mut relay, join), relay)
}

/// A line whose websockets join and are broken two seconds later; it went over to HTTP at the time that is given.
fn broken() -> (Line, Millis, Connection) {
    let mut line = line();
    assert_eq!(line.handle(Millis(0), LineInput::Tick), [WEBSOCKET]);
    joins(Millis(0), &mut line, Way::Websocket);
    let outputs = line.handle(Millis(2_000), LineInput::Closed(Way::Websocket));
    assert_eq!(outputs, [LineOutput::HangUp(Way::Websocket), LineOutput::Down], "once may be chance");
    let now = line.next_try().unwrap();
    assert_eq!(line.handle(now, LineInput::Tick), [WEBSOCKET]);
    joins(now, &mut line, Way::Websocket);
    let now = now + Millis(2_000);
    let outputs = line.handle(now, LineInput::Closed(Way::Websocket));
    assert_eq!(outputs, [LineOutput::HangUp(Way::Websocket), LineOutput::Down, HTTP]);
    let (seen, relay) = joins(now, &mut line, Way::Http);
    assert_eq!(seen, [LineOutput::Joined]);
    assert!(line.is_slow());
    (line, now, relay)
}

/// Lets time pass on a line over HTTP until a websocket is tried beside it.
fn until_attempt(line: &mut Line, relay: &mut Connection) -> Millis {
    loop {
        let now = [line.next_deadline(), relay.next_deadline()].into_iter().flatten().min().unwrap();
        let outputs = line.handle(now, LineInput::Tick);
        if outputs.contains(&WEBSOCKET) {
            return now;
        }
        assert_eq!(meet(now.0, line, relay, outputs), []);
        for output in relay.handle(now, Input::Tick) {
            if let Output::Transmit(frame) = output {
                line.handle(now, LineInput::Frame(Way::Http, &frame));
            }
        }
    }
}

#[test]
fn s36_websockets_that_join_and_are_broken_again_and_again_are_done_without_and_tried_ever_more_rarely() {
    let (mut line, mut now, mut relay) = broken();
    let mut waits = Vec::new();
    for _ in 0..9 {
        let tried = until_attempt(&mut line, &mut relay);
        waits.push(tried.since(now).0 / 1_000);
        let (seen, _) = joins(tried, &mut line, Way::Websocket);
        assert_eq!(seen, [LineOutput::HangUp(Way::Http), LineOutput::Down, LineOutput::Joined]);
        now = tried + Millis(2_000);
        let outputs = line.handle(now, LineInput::Closed(Way::Websocket));
        assert_eq!(outputs, [LineOutput::HangUp(Way::Websocket), LineOutput::Down, HTTP], "at once, by what works");
        (_, relay) = joins(now, &mut line, Way::Http);
    }
    assert_eq!(waits, [5, 10, 20, 40, 80, 160, 300, 300, 300]);
}

#[test]
fn s36_a_websocket_that_joins_and_falls_mute_is_broken_too() {
    let mut line = line();
    line.handle(Millis(0), LineInput::Tick);
    let mut dialled = Vec::new();
    let mut now = Millis(0);
    while !dialled.contains(&HTTP) {
        joins(now, &mut line, Way::Websocket);
        while line.is_joined() {
            now = line.next_deadline().unwrap();
            dialled = line.handle(now, LineInput::Tick);
        }
        if let Some(next) = line.next_try() {
            now = next;
            assert_eq!(line.handle(now, LineInput::Tick), [WEBSOCKET]);
        }
    }
    assert!(now < Millis::from_secs(30), "{now}");
}

#[test]
fn s36_a_websocket_that_has_held_works_and_is_dialled_first_again() {
    let (mut line, _, mut relay) = broken();
    let mut now = until_attempt(&mut line, &mut relay);
    joins(now, &mut line, Way::Websocket);
    for _ in 0..4 {
        now = now + HELD;
        let outputs = line.handle(now, LineInput::Closed(Way::Websocket));
        assert_eq!(outputs, [LineOutput::HangUp(Way::Websocket), LineOutput::Down]);
        now = line.next_try().unwrap();
        assert_eq!(line.handle(now, LineInput::Tick), [WEBSOCKET]);
        joins(now, &mut line, Way::Websocket);
    }
}

#[test]
fn s36_a_relay_that_says_that_it_ends_has_not_broken_the_websocket() {
    let (mut line, mut accepted) = online(0);
    let mut now = Millis(0);
    for _ in 0..4 {
        let closed = accepted.close(now, CloseReason::ShuttingDown);
        let Output::Transmit(frame) = &closed[0] else { panic!("{closed:?}") };
        let outputs = line.handle(now, LineInput::Frame(Way::Websocket, frame));
        assert_eq!(outputs, [LineOutput::HangUp(Way::Websocket), LineOutput::Down]);
        now = line.next_try().unwrap();
        assert_eq!(line.handle(now, LineInput::Tick), [WEBSOCKET]);
        accepted = relay(now.0);
        let join = line.handle(now, LineInput::Opened(Way::Websocket));
        meet(now.0, &mut line, &mut accepted, join);
    }
}

#[test]
fn s36_a_relay_that_refuses_by_websocket_is_not_asked_another_way() {
    let (mut line, mut now) = (line(), Millis(0));
    for _ in 0..4 {
        assert_eq!(line.handle(now, LineInput::Tick), [WEBSOCKET]);
        let mut relay = relay(now.0);
        let join = line.handle(now, LineInput::Opened(Way::Websocket));
        let LineOutput::Transmit(_, frame) = &join[0] else { panic!("{join:?}") };
        relay.handle(now, Input::Received(frame));
        let refused = relay.refuse(now, CloseReason::UnknownLink);
        let Output::Transmit(frame) = &refused[0] else { panic!("{refused:?}") };
        let outputs = line.handle(now, LineInput::Frame(Way::Websocket, frame));
        assert_eq!(outputs, [LineOutput::HangUp(Way::Websocket), LineOutput::Down]);
        now = line.next_try().unwrap();
    }
}

#[test]
fn a_deleted_workshop_is_not_dialled_again() {
    let (mut line, mut relay) = online(0);
    let closed = relay.close(Millis(1), CloseReason::Deleted);
    let Output::Transmit(frame) = &closed[0] else { panic!("{closed:?}") };
    assert_eq!(
        line.handle(Millis(1), LineInput::Frame(Way::Websocket, frame)),
        [LineOutput::HangUp(Way::Websocket), LineOutput::Down]
    );
    assert_eq!((line.state(), line.next_try()), (LineState::Closed("deleted".into()), None));
    assert_eq!(line.handle(Millis(2), LineInput::TryNow), []);
}

#[test]
fn a_link_that_is_not_let_in_says_why_and_tries_again_rarely() {
    let (mut line, mut relay) = (line(), relay(0));
    line.handle(Millis(0), LineInput::Tick);
    let join = line.handle(Millis(0), LineInput::Opened(Way::Websocket));
    let LineOutput::Transmit(_, frame) = &join[0] else { panic!("{join:?}") };
    relay.handle(Millis(0), Input::Received(frame));
    let refused = relay.refuse(Millis(0), CloseReason::UnknownLink);
    let Output::Transmit(frame) = &refused[0] else { panic!("{refused:?}") };
    line.handle(Millis(0), LineInput::Frame(Way::Websocket, frame));
    assert_eq!(line.state(), LineState::Refused("unknown-link".into()));
    assert!(line.next_try().unwrap() >= AFTER_REFUSAL);
}

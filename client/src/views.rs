//! The screens. Each composes components, and hands what a person does to the session.
//!
//! What tests find elements by (`data-test`):
//! - joining: `join-title`, `join-name`, `join-anonymous`, `mark`, `more-marks`, `join-go`;
//! - a phone: `back`, `next`, `previous`, `undo`, `sync`; overview: `step-now`, `step-ambition`, `step-obstacles`,
//!   `step-signs`, `step-time-frame`, `step-agreed`, `read-tool`, `result`, `people`, `own-person`, `own-name`,
//!   `own-save`, `companion-name`, `companion-anonymous`, `companion-add`; off the board: `taken-off`, `put-back`;
//! - the ladder: `level-1` to `level-5` (with `aria-checked`), `level-about-N`, `withdraw`;
//! - notes: `add-example`, `add-note`, `note-sheet`, `note-draft`, `note-add`, `note-later`, `note`, `note-edit`,
//!   `note-editor`, `note-text`, `note-done`, `note-remove`, `hide-reason`, `hide`, `show-again`;
//! - the time frame: `time-date`, `months-6`, `time-clear`, `time-words`;
//! - what is agreed: `agreed-now`, `agreed-ambition`, `agreed-now-3`, `settle-now`, `settle-now-3`, `settle-time`;
//! - actions: `make-action`, `action-sheet`, `action-draft`, `action-add`, `action-person`, `action-role`, `action-day-0`, `action-next`,
//!   `action` (with `data-status`), `action-open`, `action-status-2`, `action-remove`; their page: `to-actions`, `action-new`,
//!   `actions-filter-1`, `actions-untaken`, `action-restore`, `projector-action`;
//! - reading: `quote`, `quote-sheet`, `quote-into`, `reading-aids`, `reading-search`, `reading-found`, `contents-section`; a meeting:
//!   `agenda-here`, `agenda-step`;
//! - sync: `sync-sheet`, `count-keeping`, `count-on-device`, `count-sent`, `count-received`, `last-heard`, `next-try`,
//!   `try-now`;
//! - the desk: `lead`, `lead-step-now` and so on, `lead-next`, `lead-back`, `project`, `projected`, `agreed-now-3`,
//!   `reason-now`, `people-count` (with `data-count`), `person`, `person-remove`, `show-names`, `invite`, `show-qr`, `qr`,
//!   `copy-link`, `links`, `copy-facilitator`, `settings`, `title-input`, `title-save`, `lead-tools`, `tool-remove`,
//!   `tool-restore`, `keep-sheet`, `keep-copy`, `keep-done`, `keep-later`, `participate`;
//! - groups: `lead-groups`, `groups-sheet`, `group` (with `group-members`, `group-rename`, `group-remove`, `group-restore`), `group-name`,
//!   `group-add`, `tool-per-group`, `programme-tool`, `project-beside`; on a phone `own-group`, `own-group-0`, `own-group-name`,
//!   `own-group-change`, `other-groups`, `other-tool`, `tool-group`; on the wall `beside-group` (with `data-count`), `beside-0-level-3`;
//!   on paper `result-comparison`;
//! - the large screen: `projector`, `column-now` and `column-now-level-3` (with `data-count`), `projector-agreed`,
//!   `projector-agreed-now`, `projector-gap`, `projector-time`, `projector-note`, `projector-more`, `projector-people`,
//!   `projector-away`, `invite-qr`;
//! - the front page: `home`, `link`, `link-go`, `new-workshop`, `tools`, `workshop`, `workshop-delete`, `confirm-yes`,
//!   `confirm-no`, `language-0`, `language-1`, `theme-0` to `theme-2`, `privacy`; a new workshop: `new-title`, `tool-A1`,
//!   `new-go`, `new-sum`, `plan-A1`, `minutes-A1`, `times-E17`, `up-A1`, `down-A1`, `remove-A1`, `plan-total`, `ready-made`,
//!   `template-save`, `template-open`, `template-opened`, `template-failed`; the library: `search`, `filter-time`,
//!   `filter-people`, `filter-layer`, `filter-theme`, `found` (with `data-count`), `show-all`, `library-failed`,
//!   `library-again`, `tool-facts`, `choose-tool`; the workshop's page: `summary`, `summary-A1`, `summary-progress`,
//!   `summary-people`, `summary-action`, `summary-sync`, `all-results`, `to-desk`; reading: `read`, `read-A1`; the result: `result-form`, `result-now`, `result-time`, `print`, `copy-text`;
//! - everywhere: `sheet-close`, `message`, `to-home`, `not-fetched`, `fetch-again`, `update`, `update-go`, `update-later`, `copy-by-hand`, `announcer`.

pub mod actions;
pub mod agreement;
pub mod came_from;
pub mod entrance;
pub mod fault;
pub mod home;
pub mod join;
pub mod later;
pub mod lead;
pub mod message;
pub mod new_workshop;
pub mod page_frame;
pub mod phone;
pub mod preview;
pub mod projector;
pub mod read;
pub mod result;
pub mod summary;
pub mod time_frame_field;
pub mod time_settle;
pub mod tool_page;
pub mod tool_screen;
pub mod tools;
pub mod workshop;

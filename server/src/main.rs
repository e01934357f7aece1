//! `dialogtavle`: the relay and its commands.

mod command;

use std::process::ExitCode;
use std::time::Duration;

use cap::Cap;
use clap::Parser as _;
use server::announce;
use server::settings::{Arguments, Command, Log};
use tikv_jemallocator::Jemalloc;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Gives back what is free: after ten thousand workshops were visited and left, the system's own allocator kept 1.1 GB of which
/// nothing was in use, and this one 0.06. How soon it does is said in `.cargo/config.toml`.
///
/// Counts what is in use, for `--memory`; what SQLite holds, which is bounded, is not in it.
#[global_allocator]
static ALLOCATOR: Cap<Jemalloc> = Cap::new(Jemalloc, usize::MAX);

/// Bytes in use.
fn bytes_in_use() -> usize {
    ALLOCATOR.allocated()
}

/// How long the runtime's threads may take to end.
const THREADS_END: Duration = Duration::from_millis(200);

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    log(arguments.log);
    match block_on(run(arguments.command)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            // Without the backtrace that `Result` from `main` would add: each message says what to do.
            eprintln!("{}", announce::stopped(error.chain()));
            ExitCode::FAILURE
        }
    }
}

/// Runs a command to its end. What its threads still work at is nothing that was acknowledged: a long history that is
/// read for somebody who has gone, or a snapshot that the next start makes.
fn block_on<T>(command: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let outcome = runtime.block_on(command);
    runtime.shutdown_timeout(THREADS_END);
    outcome
}

/// True unless what was looked at is not as it should be.
async fn run(command: Command) -> anyhow::Result<bool> {
    match command {
        Command::Serve(serve) => command::serve::run(*serve).await?,
        Command::Workshop(workshop) => command::workshop::run(workshop).await?,
        Command::Content(content) => return command::content::run(&content),
        Command::Check(data) => return command::upkeep::check(&data),
        Command::Compact(data) => command::upkeep::compact(&data)?,
    }
    Ok(true)
}

/// Logs to stderr. Other crates are heard only from 'warn': what they log in detail holds addresses and whole requests.
fn log(level: Log) {
    let level = match level {
        Log::Error => LevelFilter::ERROR,
        Log::Warn => LevelFilter::WARN,
        Log::Info => LevelFilter::INFO,
        Log::Debug => LevelFilter::DEBUG,
    };
    let ours = ["server", "shared", "dialogtavle"].map(|target| (target, level));
    let targets = Targets::new().with_default(level.min(LevelFilter::WARN)).with_targets(ours);
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()));
    tracing_subscriber::registry().with(targets).with(lines).init();
    // What a panic says may quote what people wrote; where it happened does not.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(%place, "a task panicked at {place}");
    }));
}

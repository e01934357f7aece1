//! Runs other programs, says which, and says what to do when one fails.

use std::ffi::OsStr;
use std::fmt;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result, bail};

/// Says on stderr what is going on, so that stdout stays the runners' own.
pub(crate) fn say(text: impl fmt::Display) {
    eprintln!("    {text}");
}

/// Runs a stage, and says how long it took.
pub(crate) fn stage<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("\n==> {name}");
    let begun = Instant::now();
    let outcome = work();
    let seconds = begun.elapsed().as_secs_f64();
    match &outcome {
        Ok(_) => eprintln!("<== {name}: {seconds:.1} s"),
        Err(_) => eprintln!("<== {name}: failed after {seconds:.1} s"),
    }
    outcome
}

/// A program to run in the project's folder.
#[derive(Debug)]
pub(crate) struct Program {
    command: Command,
    mend: String,
}

impl Program {
    /// A program by its name or path; `mend` tells a person what to do if it fails.
    pub(crate) fn new(name: impl AsRef<OsStr>, mend: &str) -> Self {
        let mut command = Command::new(name);
        command.current_dir(crate::tree::root());
        Self { command, mend: mend.to_owned() }
    }

    /// The cargo that runs this very command, building into the project's own folder whatever is set elsewhere.
    pub(crate) fn cargo(mend: &str) -> Self {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        Self::new(cargo, mend).env("CARGO_TARGET_DIR", crate::tree::target())
    }

    /// Adds arguments.
    pub(crate) fn args<I: IntoIterator<Item: AsRef<OsStr>>>(mut self, arguments: I) -> Self {
        self.command.args(arguments);
        self
    }

    /// Sets a variable of its environment.
    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Takes variables out of its environment.
    pub(crate) fn without(mut self, names: &[&str]) -> Self {
        for name in names {
            self.command.env_remove(name);
        }
        self
    }

    /// Runs it in another folder.
    pub(crate) fn in_folder(mut self, folder: PathBuf) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Runs it with its output passed on as it comes.
    pub(crate) fn run(mut self) -> Result<()> {
        let line = self.line();
        eprintln!("    $ {line}");
        let status = self.command.status().with_context(|| self.cannot_start(&line))?;
        if !status.success() {
            bail!("`{line}` failed ({status}); what it wrote is above\n\nmend: {}", self.mend);
        }
        Ok(())
    }

    /// Runs it in silence and gives what it wrote to stdout; a failure shows all that it wrote.
    pub(crate) fn output(mut self) -> Result<String> {
        let line = self.line();
        let output = self.command.stdin(Stdio::null()).output().with_context(|| self.cannot_start(&line))?;
        let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
        if !output.status.success() {
            let stderr = String::from_utf8_lossy(&output.stderr);
            bail!("`{line}` failed ({})\n{stdout}{stderr}\nmend: {}", output.status, self.mend);
        }
        Ok(stdout)
    }

    /// Becomes that program where the system can do so, so that signals go straight to it.
    pub(crate) fn become_it(mut self) -> Result<()> {
        let line = self.line();
        #[cfg(unix)]
        {
            use std::os::unix::process::CommandExt as _;
            let error = self.command.exec();
            Err(error).with_context(|| self.cannot_start(&line))
        }
        #[cfg(not(unix))]
        {
            let status = self.command.status().with_context(|| self.cannot_start(&line))?;
            std::process::exit(status.code().unwrap_or(1))
        }
    }

    fn cannot_start(&self, line: &str) -> String {
        format!("cannot start `{line}`\n\nmend: {}", self.mend)
    }

    fn line(&self) -> String {
        let program = PathBuf::from(self.command.get_program());
        let name = program.file_name().unwrap_or(self.command.get_program()).to_string_lossy().into_owned();
        let arguments = self.command.get_args().map(|argument| argument.to_string_lossy().into_owned());
        std::iter::once(name).chain(arguments).collect::<Vec<_>>().join(" ")
    }
}

/// Whether a program of this name is found in `PATH`.
pub(crate) fn is_found(name: &str) -> bool {
    find(name).is_some()
}

/// Where in `PATH` a program of this name lies.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let paths = std::env::var_os("PATH")?;
    std::env::split_paths(&paths).map(|folder| folder.join(name)).find(|path| path.is_file())
}

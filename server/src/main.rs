//! `dialogtavle`: the relay and its commands.

fn main() {}

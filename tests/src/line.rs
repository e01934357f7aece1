//! One websocket to a server: what came, when, and how much.

use std::collections::HashMap;
use std::time::Instant;

use anyhow::{Context as _, Result, anyhow};
use futures_util::{SinkExt as _, StreamExt as _};
use shared::sync::message::MAX_FRAME_FROM_RELAY;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Bytes, Message as Frame};

use crate::document::Mark;

/// When each change came.
pub(crate) type Arrivals = HashMap<Mark, Instant>;

/// What has come down a line.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Traffic {
    pub(crate) bytes: usize,
    pub(crate) frames: usize,
}

/// One websocket to a server.
///
/// As in a browser it is written and read beside the client, so that a server's pings are answered while the client merges.
#[derive(Debug)]
pub(crate) struct Line {
    read: UnboundedReceiver<Result<Bytes>>,
    write: UnboundedSender<Frame>,
    pub(crate) arrived: Arrivals,
    pub(crate) down: Traffic,
}

impl Line {
    pub(crate) async fn dial(url: &str) -> Result<Self> {
        // Without Nagle's algorithm, as in browsers: an edit must not wait for an acknowledgement of TCP.
        let limits = WebSocketConfig::default()
            .max_frame_size(Some(MAX_FRAME_FROM_RELAY.0))
            .max_message_size(Some(MAX_FRAME_FROM_RELAY.0));
        let (socket, _) = tokio_tungstenite::connect_async_with_config(url, Some(limits), true).await?;
        let (mut sink, mut stream) = socket.split();
        let (write, mut waiting) = unbounded_channel();
        let (came, read) = unbounded_channel();
        let pong = write.downgrade();
        tokio::spawn(async move {
            while let Some(frame) = waiting.recv().await {
                if sink.send(frame).await.is_err() {
                    return;
                }
            }
            // What is not answered is of no interest any more.
            let _ = sink.close().await;
        });
        tokio::spawn(async move {
            while let Some(frame) = stream.next().await {
                let told = match frame {
                    Ok(Frame::Binary(bytes)) => came.send(Ok(bytes)),
                    // The answer lies ready in the stack, and goes out with the next write.
                    Ok(Frame::Ping(bytes)) => {
                        pong.upgrade().map(|pong| pong.send(Frame::Pong(bytes)));
                        Ok(())
                    }
                    Ok(Frame::Close(reason)) => came.send(Err(anyhow!("the line was closed: {reason:?}"))),
                    Ok(_) => Ok(()),
                    Err(error) => came.send(Err(error.into())),
                };
                if told.is_err() {
                    return;
                }
            }
        });
        Ok(Self { read, write, arrived: Arrivals::new(), down: Traffic::default() })
    }

    /// Sends a binary frame; one that finds the line ended is lost, which reading then tells.
    pub(crate) fn send(&self, frame: impl Into<Bytes>) {
        let _ = self.write.send(Frame::Binary(frame.into()));
    }

    /// The next binary frame. Safe to drop and call again.
    pub(crate) async fn frame(&mut self) -> Result<Bytes> {
        let bytes = self.read.recv().await.context("the line ended")??;
        self.down.bytes += bytes.len();
        self.down.frames += 1;
        Ok(bytes)
    }

    /// Counts a change that came in at `now`.
    pub(crate) fn arrived(&mut self, mark: Mark, now: Instant) {
        self.arrived.entry(mark).or_insert(now);
    }
}

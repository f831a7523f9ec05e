//! Flow-control windows (RFC 9113 section 5.2).

use crate::error::{Error, Result};

/// The largest window there may be.
pub(super) const MAX_WINDOW: i32 = i32::MAX;

/// The windows of a connection, and of a stream before SETTINGS say otherwise.
pub(super) const INITIAL_WINDOW: i32 = 65_535;

/// The window for what the peer sends.
#[derive(Clone, Copy)]
pub(super) struct RecvWindow {
    /// How large it is meant to be.
    size: i32,
    /// What has come and was not given back yet. Negative after the window was enlarged by more
    /// than that.
    received: i32,
    /// By how much the window was made smaller without the peer knowing: so much of the next
    /// WINDOW_UPDATEs is withheld.
    reduction: i32,
    /// What the application has consumed and was not given back yet. Stays zero in automatic mode.
    consumed: i32,
    /// Whether a WINDOW_UPDATE is on its way; no other is queued until then.
    update_queued: bool,
}

impl RecvWindow {
    pub fn new(size: i32) -> RecvWindow {
        RecvWindow { size, received: 0, reduction: 0, consumed: 0, update_queued: false }
    }

    /// How large the window is meant to be.
    pub fn size(&self) -> i32 {
        self.size
    }

    /// What has come and was not given back yet; never negative.
    pub fn received(&self) -> i32 {
        self.received.max(0)
    }

    /// What the peer may still send. An enlargement beyond all bounds wraps around.
    pub fn available(&self) -> i32 {
        self.size.wrapping_sub(self.received)
    }

    /// Accounts for octets that have come. They must fit the window.
    #[inline]
    pub fn receive(&mut self, len: usize) -> Result<()> {
        let len = i32::try_from(len).map_err(|_| Error::FlowControl)?;
        // A window that was shrunk beyond all bounds wraps around.
        if self.received > self.size.wrapping_sub(len)
            || self.received > MAX_WINDOW.wrapping_sub(len)
        {
            return Err(Error::FlowControl);
        }
        self.received = self.received.wrapping_add(len);
        Ok(())
    }

    /// Notes octets that the application has consumed. More than have come is no error yet.
    pub fn consume(&mut self, len: usize) -> Result<()> {
        let len = i32::try_from(len).map_err(|_| Error::FlowControl)?;
        self.consumed = self.consumed.checked_add(len).ok_or(Error::FlowControl)?;
        Ok(())
    }

    /// Whether so much has come that a WINDOW_UPDATE may be due.
    #[inline]
    pub fn is_half_used(&self) -> bool {
        self.received >= self.size / 2
    }

    /// The increment of the WINDOW_UPDATE that is due, if one is: when at least half of the window
    /// is to be given back. In manual mode only what was consumed is.
    pub fn due_update(&self, manual: bool) -> Option<i32> {
        let back = if manual { self.consumed.min(self.received) } else { self.received };
        (!self.update_queued && back > 0 && back >= self.size / 2).then_some(back)
    }

    /// Notes that the WINDOW_UPDATE which was due is queued.
    pub fn give_back(&mut self, increment: i32, manual: bool) {
        self.received = self.received.wrapping_sub(increment);
        if manual {
            self.consumed = self.consumed.wrapping_sub(increment);
        }
        self.update_queued = true;
    }

    /// Notes that a WINDOW_UPDATE was queued.
    pub fn update_queued(&mut self) {
        self.update_queued = true;
    }

    /// Notes that the queued WINDOW_UPDATE is gone.
    pub fn update_gone(&mut self) {
        self.update_queued = false;
    }

    /// The application gives the peer `delta` octets more than it otherwise would, or takes so many
    /// away. Returns the increment to send, zero for none.
    pub fn submit_update(&mut self, delta: i32) -> Result<i32> {
        if delta < 0 {
            self.shrink(delta)?;
            return Ok(0);
        }
        let beyond = delta.wrapping_sub(self.received());
        let mut increment = delta;
        if beyond <= 0 {
            self.received = self.received.wrapping_sub(delta);
        } else {
            self.grow(beyond)?;
            let withheld = self.reduction.min(beyond);
            self.reduction = self.reduction.wrapping_sub(withheld);
            // What was received is given back with the increment.
            self.received =
                if self.received < 0 { self.received.saturating_add(withheld) } else { withheld };
            increment = increment.wrapping_sub(withheld);
        }
        if increment > 0 {
            self.consumed = self.consumed.saturating_sub(increment).max(0);
        }
        Ok(increment)
    }

    /// The application sets the size. Returns the increment to send at once, zero for none.
    pub fn resize(&mut self, size: i32) -> Result<i32> {
        let delta = size.wrapping_sub(self.size);
        if delta < 0 {
            self.shrink(delta)?;
            return Ok(0);
        }
        self.grow(delta)?;
        let withheld = self.reduction.min(delta);
        self.reduction = self.reduction.wrapping_sub(withheld);
        self.received = self.received.saturating_add(withheld);
        Ok(delta.wrapping_sub(withheld))
    }

    fn grow(&mut self, delta: i32) -> Result<()> {
        self.size = self.size.checked_add(delta).ok_or(Error::FlowControl)?;
        Ok(())
    }

    /// The peer cannot be told of a smaller window: later updates are withheld instead.
    fn shrink(&mut self, delta: i32) -> Result<()> {
        let size =
            self.size.checked_add(delta).filter(|size| *size >= 0).ok_or(Error::FlowControl)?;
        let received = self.received.checked_add(delta).ok_or(Error::FlowControl)?;
        let reduction = self.reduction.checked_sub(delta).ok_or(Error::FlowControl)?;
        (self.size, self.received, self.reduction) = (size, received, reduction);
        Ok(())
    }

    /// Our SETTINGS_INITIAL_WINDOW_SIZE has changed (RFC 9113 section 6.9.2).
    pub fn shift(&mut self, delta: i64) -> Result<()> {
        let size = i64::from(self.size).wrapping_add(delta);
        self.size = i32::try_from(size).map_err(|_| Error::FlowControl)?;
        Ok(())
    }
}

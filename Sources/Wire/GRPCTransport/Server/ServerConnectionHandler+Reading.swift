// SPDX-License-Identifier: Apache-2.0

// What comes from the socket, record by record. A few hundred kilobytes of small calls can be some
// hundred milliseconds of work, so what takes longer than a turn is laid aside until the event loop
// has looked at its other sockets, and nothing more is read meanwhile.

internal import NIOCore
internal import VigieLimits

extension ServerConnectionHandler {
    /// Takes what the socket has given.
    func read(_ buffer: ByteBuffer) {
        // A peer that closes has all that it sent read at once.
        if unread != nil {
            unread?.writeImmutableBuffer(buffer)
            return loop.unreadBytes += buffer.readableBytes
        }
        buffer.withUnsafeReadableBytes { bytes in
            engine.withInbound(bytes) { readRecords() }
        }
    }

    /// Reads what the engine was given: all of it, or until the turn is over.
    func readRecords() {
        session.isInTurn = true
        do throws(TLSError) { try readInTurn() } catch { fail("\(error)") }
    }

    private func readInTurn() throws(TLSError) {
        var ends: NIODeadline?
        while state == .open {
            let target = session.landing ?? loop.record
            switch try engine.read(into: target) {
            case .bytes(let count):
                let bytes = UnsafeRawBufferPointer(rebasing: target[..<count])
                if let problem = session.receive(bytes) { return fail(problem.text, problem.code) }
                if session.endsAtOnce { return endAtOnce() }
            case .needsMore:
                return
            case .closed:
                return close()
            }
            if engine.hasUnused, isOver(&ends), layAside() { return }
        }
    }

    /// Whether the turn is over that began with the first of several records. Cost: a look at the
    /// clock for each record but the last, some 30 ns for 16 KiB.
    private func isOver(_ ends: inout NIODeadline?) -> Bool {
        let now = NIODeadline.now()
        if let ends { return now >= ends }
        ends = now + .microseconds(Int64(loop.environment.limits.readTurnMicroseconds))
        return false
    }

    /// Goes on after others.
    ///
    /// - Returns: False when so much has been laid aside that this must be read now.
    private func layAside() -> Bool {
        guard loop.unreadBytes < loop.environment.limits.unreadBytesMax else { return false }
        let rest = engine.takeUnused()
        unread = rest
        loop.unreadBytes += rest.readableBytes
        setReading(false)
        loop.turn.takeLater { [weak self] in self?.goOnReading() }
        return true
    }

    private func goOnReading() {
        guard state == .open, let rest = unread else { return }
        dropUnread()
        read(rest)
        if unread == nil { setReading(true) }
        awaitEndOfTurn()
    }

    /// Forgets what was laid aside.
    func dropUnread() {
        loop.unreadBytes -= unread?.readableBytes ?? 0
        unread = nil
    }

    private func setReading(_ isReading: Bool) {
        try? context?.channel.syncOptions?.setOption(.autoRead, value: isReading)
    }

    /// Tells the peer why, and closes.
    private func endAtOnce() {
        flush()
        if state == .open, let reason = session.sentAway { fail(reason) }
    }
}

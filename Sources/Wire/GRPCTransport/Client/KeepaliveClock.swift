// SPDX-License-Identifier: Apache-2.0

// When a client asks a silent server whether it is there, without sockets or
// timers.

internal import NIOCore

/// What is known of a server's silence.
struct KeepaliveClock {
    /// What is to be done.
    enum Step: Equatable {
        /// Nothing before this time.
        case wait(until: NIODeadline)
        /// A ping; its answer is due at this time.
        case ping(answerBy: NIODeadline)
        /// Nothing before a call begins.
        case dormant
        /// The server has not answered.
        case lost
    }

    private let settings: ClientKeepalive
    private var lastRead: NIODeadline
    /// When the ping was sent that no byte has followed yet.
    private var asked: NIODeadline?

    init(_ settings: ClientKeepalive, now: NIODeadline = .now()) {
        self.settings = settings
        lastRead = now
    }

    /// Bytes have arrived.
    mutating func noteRead(_ now: NIODeadline) {
        lastRead = now
        asked = nil
    }

    /// What is to be done now.
    mutating func step(now: NIODeadline, hasCalls: Bool) -> Step {
        if let asked {
            let due = asked + settings.timeout
            return now >= due ? .lost : .wait(until: due)
        }
        guard hasCalls || settings.withoutCalls else { return .dormant }
        let next = lastRead + settings.time
        if now < next { return .wait(until: next) }
        asked = now
        return .ping(answerBy: now + settings.timeout)
    }
}

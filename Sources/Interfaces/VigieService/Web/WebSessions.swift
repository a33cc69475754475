// SPDX-License-Identifier: Apache-2.0

// Who looks at the page in a browser: a link that works once and soon becomes a cookie that works
// for a day. Both are kept as digests, in memory only: whoever restarts the server signs in again.
// What the cookie stands for is looked at with every request, so a token that is revoked ends it.

package import Callers
internal import Digests
package import ServiceErrors
internal import Synchronization
package import VigieLimits

/// Links to sign in by, and those who have.
package final class WebSessions: Sendable {
    private struct Entry {
        let credentials: CallCredentials
        let endSeconds: Int64
    }

    private struct State {
        var links: [[UInt8]: Entry] = [:]
        var sessions: [[UInt8]: Entry] = [:]
    }

    /// The cookie's name: the prefix has browsers hold it to this host, and to TLS.
    static let cookie = "__Host-vigie"
    private static let randomBytes = 32

    private let state = Mutex(State())
    private let limits: ServiceLimits
    private let nowSeconds: @Sendable () -> Int64

    /// How long somebody stays signed in.
    package var seconds: Int { limits.webSessionSeconds }

    /// - Parameter nowSeconds: A clock that only goes forward.
    package init(_ limits: ServiceLimits, nowSeconds: @escaping @Sendable () -> Int64) {
        (self.limits, self.nowSeconds) = (limits, nowSeconds)
    }

    /// A new link for somebody.
    package func link(for credentials: CallCredentials) throws(ServiceError) -> String {
        let text = Self.randomText()
        let end = nowSeconds() + Int64(limits.signInSeconds)
        try state.withLock { (state) throws(ServiceError) in
            try add(text, Entry(credentials: credentials, endSeconds: end), to: &state.links)
        }
        return text
    }

    /// The cookie for whoever comes by a link, which is none any more; nil if it is none.
    package func open(link: String) throws(ServiceError) -> String? {
        let (text, now) = (Self.randomText(), nowSeconds())
        return try state.withLock { (state) throws(ServiceError) -> String? in
            let digest = Self.digest(link)
            guard let entry = state.links.removeValue(forKey: digest), entry.endSeconds > now
            else { return nil }
            let end = now + Int64(limits.webSessionSeconds)
            let session = Entry(credentials: entry.credentials, endSeconds: end)
            try add(text, session, to: &state.sessions)
            return text
        }
    }

    /// What the one who sends a cookie has shown; nil for none.
    package func credentials(cookie: String) -> CallCredentials? {
        let (digest, now) = (Self.digest(cookie), nowSeconds())
        return state.withLock { state in
            guard let entry = state.sessions[digest] else { return nil }
            guard entry.endSeconds > now else {
                state.sessions[digest] = nil
                return nil
            }
            return entry.credentials
        }
    }

    /// Ends what a cookie stands for.
    package func end(cookie: String) {
        let digest = Self.digest(cookie)
        state.withLock { $0.sessions[digest] = nil }
    }

    private func add(
        _ text: String,
        _ entry: Entry,
        to entries: inout [[UInt8]: Entry]
    ) throws(ServiceError) {
        let (most, now) = (limits.webSessionsMax, nowSeconds())
        if entries.count >= most { entries = entries.filter { $0.value.endSeconds > now } }
        guard entries.count < most else {
            throw ServiceError(
                .resourceExhausted,
                "LIMIT_EXCEEDED",
                "Too many are signed in, or about to be; wait until some of them are not any more. "
                    + "The limit webSessionsMax is \(most).",
                metadata: ["limit": "webSessionsMax", "maximum": "\(most)"]
            )
        }
        entries[Self.digest(text)] = entry
    }

    private static func digest(_ text: String) -> [UInt8] { Digest.sha256(Array(text.utf8)) }

    private static func randomText() -> String {
        // The system's own, which is fit for secrets.
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<randomBytes).map { _ in UInt8.random(in: .min ... .max, using: &generator)
        }
        return Base64.addresses.text(bytes)
    }
}

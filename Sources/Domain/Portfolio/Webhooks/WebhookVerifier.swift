// SPDX-License-Identifier: Apache-2.0

// How whoever receives messages finds out that they are ours, and fresh.

internal import Digests
internal import VigieLimits

/// Why a message that came is not to be trusted.
package enum WebhookFault: Error, Equatable, CustomStringConvertible {
    /// Its identifier is none.
    case identifier
    /// Its time is no number of seconds.
    case timestamp
    /// It was sent too long ago, or will be.
    case outOfTime(seconds: Int64)
    /// None of its signatures is one by a secret of ours.
    case signature

    /// What is wrong, and what to look at, in a sentence.
    package var description: String {
        switch self {
        case .identifier: "The header webhook-id has no identifier; do not act on the message."
        case .timestamp: "The header webhook-timestamp is no number; do not act on the message."
        case .outOfTime(let seconds):
            "The message was sent \(seconds.magnitude) seconds \(seconds < 0 ? "from now" : "ago"),"
                + " and \(WebhookLimits.toleranceSeconds) are allowed; look at both clocks."
        case .signature:
            "No signature fits: the secret is another one, or the body is not as it was sent."
        }
    }
}

/// Verifies messages with the secrets of an endpoint.
package struct WebhookVerifier: Sendable {
    private let secrets: [WebhookSecret]

    /// Takes the secrets, of which one has to fit.
    package init(_ secrets: [WebhookSecret]) { self.secrets = secrets }

    /// Verifies a message.
    ///
    /// - Parameters:
    ///   - identifier: The header webhook-id.
    ///   - timestamp: The header webhook-timestamp.
    ///   - signature: The header webhook-signature.
    ///   - body: The body, byte by byte as it came.
    ///   - nowSeconds: Seconds since 1970.
    /// - Throws: Why it is not to be trusted.
    package func verify(
        identifier: String,
        timestamp: String,
        signature: String,
        body: [UInt8],
        nowSeconds: Int64
    ) throws(WebhookFault) {
        guard WebhookMessage.isIdentifier(identifier) else { throw .identifier }
        guard let seconds = DecimalDigits.number(timestamp) else { throw .timestamp }
        let (age, isOver) = nowSeconds.subtractingReportingOverflow(seconds)
        guard !isOver, age.magnitude <= WebhookLimits.toleranceSeconds else {
            throw .outOfTime(seconds: isOver ? .max : age)
        }
        let given = signature.split(separator: " ").prefix(WebhookLimits.signatures)
        let wanted = secrets.map { secret in
            Array(WebhookMessage.signature(identifier, timestamp, body, secret).utf8)
        }
        // All are compared, so that the time does not tell which one fits.
        let found = given.reduce(false) { found, text in
            wanted.reduce(found) { found, wanted in
                Digest.areSame(Array(text.utf8), wanted) || found
            }
        }
        guard found else { throw .signature }
    }
}

/// Whole numbers as headers have them.
enum DecimalDigits {
    /// The number of a text of digits alone; nil for anything else, or for one beyond 63 bits.
    static func number(_ text: some StringProtocol) -> Int64? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int64(text)
    }
}

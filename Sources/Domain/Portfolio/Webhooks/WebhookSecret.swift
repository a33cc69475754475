// SPDX-License-Identifier: Apache-2.0

// Secrets of webhooks as Standard Webhooks 1.0.0 writes them: whsec_ and base 64 of random bytes.

internal import Digests
package import ServiceErrors
internal import VigieLimits

/// What messages to one endpoint are signed with.
package struct WebhookSecret: Sendable, CustomStringConvertible {
    private static let prefix = "whsec_"

    let bytes: [UInt8]

    /// Reads a secret.
    ///
    /// - Throws: What is wrong; never with the secret in it.
    package init(_ text: String) throws(ServiceError) {
        guard text.hasPrefix(Self.prefix) else {
            throw Self.refused("A secret of a webhook begins with whsec_; copy all of it.")
        }
        guard let bytes = Base64.plain.bytes(Array(text.utf8.dropFirst(Self.prefix.utf8.count)))
        else {
            throw Self.refused(
                "What follows whsec_ is no base 64 with its padding; copy all of it."
            )
        }
        try self.init(random: bytes)
    }

    /// A new secret of bytes that nobody can guess.
    package init(random bytes: [UInt8]) throws(ServiceError) {
        let (least, most) = (WebhookLimits.secretBytesLeast, WebhookLimits.secretBytes)
        guard (least...most).contains(bytes.count) else {
            throw Self.refused(
                "A secret of a webhook has from \(least) to \(most) bytes, and this one "
                    + "\(bytes.count); make another one.",
                ["least": "\(least)", "maximum": "\(most)", "value": "\(bytes.count)"]
            )
        }
        self.bytes = bytes
    }

    private static func refused(
        _ message: String,
        _ values: [String: String] = [:]
    ) -> ServiceError {
        .invalid("secret", "WEBHOOK_SECRET_INVALID", message, metadata: values)
    }

    /// The secret as whoever receives messages needs it: to be shown once.
    package var text: String { Self.prefix + Base64.plain.text(bytes) }

    /// Never the secret, so that no log has it.
    package var description: String { Self.prefix + "…" }
}

extension WebhookSecret: Equatable {
    /// Whether both are the same.
    package static func == (left: WebhookSecret, right: WebhookSecret) -> Bool {
        Digest.areSame(left.bytes, right.bytes)
    }
}

// SPDX-License-Identifier: Apache-2.0

// The secrets of an endpoint as they are kept: sealed, and for that endpoint alone.

internal import Digests
internal import ServiceErrors
internal import Webhooks

/// Seals and opens secrets of endpoints.
enum SealedKeys {
    private static func place(_ target: Int) -> String { "vigie endpoint \(target)" }

    /// - Returns: nil when they cannot be sealed.
    static func seal(_ keys: WebhookKeys, of target: Int, _ key: SealingKey) -> [UInt8]? {
        let lines = keys.retiring.map { "\($0.untilSeconds) \($0.secret.text)" }
        let text = ([keys.current.text] + lines).joined(separator: "\n")
        return key.seal(Array(text.utf8), at: place(target))
    }

    /// - Returns: nil when they were sealed with another key.
    static func open(_ sealed: [UInt8]?, of target: Int, _ key: SealingKey?) -> WebhookKeys? {
        guard let sealed, let bytes = key?.open(sealed, at: place(target)) else { return nil }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        guard let first = lines.first, let current = try? WebhookSecret(String(first)) else {
            return nil
        }
        var retiring: [WebhookKeys.Retiring] = []
        for line in lines.dropFirst() {
            let words = line.split(separator: " ")
            guard words.count == 2, let until = Int64(words[0]),
                let secret = try? WebhookSecret(String(words[1]))
            else { return nil }
            retiring.append(WebhookKeys.Retiring(secret, untilSeconds: until))
        }
        return WebhookKeys(current, retiring: retiring)
    }

    /// A secret that nobody can guess.
    static func makeSecret() throws(ServiceError) -> WebhookSecret {
        guard let bytes = RandomBytes.make(32) else {
            throw ServiceError(
                .unavailable,
                "NO_RANDOMNESS",
                "The machine gives no random bytes; try again."
            )
        }
        return try WebhookSecret(random: bytes)
    }
}

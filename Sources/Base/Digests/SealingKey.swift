// SPDX-License-Identifier: Apache-2.0

// Secrets that have to be kept and given back, so that whoever gets hold of where they are kept
// cannot read them: AES-256-GCM, with a nonce by chance for each.

internal import COpenSSL

/// A key that secrets are sealed with.
package struct SealingKey: Sendable, CustomStringConvertible {
    /// Bytes of a key.
    package static let byteCount = 32

    /// The first byte of what is sealed: the form of the rest.
    private static let form: UInt8 = 1
    private static let nonceCount = 12
    private static let tagCount = 16

    private let bytes: [UInt8]

    /// Takes the bytes of a key; nil for another number of them.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    /// Never the key, so that no log has it.
    package var description: String { "a key" }

    /// Seals a secret.
    ///
    /// - Parameter place: Where it is kept: it opens nowhere else.
    /// - Returns: nil when OpenSSL cannot.
    package func seal(_ secret: [UInt8], at place: String) -> [UInt8]? {
        guard let nonce = RandomBytes.make(Self.nonceCount) else { return nil }
        var sealed = [Self.form] + nonce
        guard
            let (text, tag) = Self.run(isSealing: true, bytes, nonce, place, secret, tag: nil)
        else { return nil }
        sealed += text
        return sealed + tag
    }

    /// Opens a secret; nil for one that was sealed with another key or for another place, or was
    /// changed.
    package func open(_ sealed: [UInt8], at place: String) -> [UInt8]? {
        let head = 1 + Self.nonceCount
        guard sealed.first == Self.form, sealed.count >= head + Self.tagCount else { return nil }
        return Self.run(
            isSealing: false,
            bytes,
            Array(sealed[1..<head]),
            place,
            Array(sealed[head..<sealed.count - Self.tagCount]),
            tag: Array(sealed.suffix(Self.tagCount))
        )?.text
    }

    private static func run(
        isSealing: Bool,
        _ key: [UInt8],
        _ nonce: [UInt8],
        _ place: String,
        _ input: [UInt8],
        tag: [UInt8]?
    ) -> (text: [UInt8], tag: [UInt8])? {
        guard let context = EVP_CIPHER_CTX_new() else { return nil }
        defer {
            EVP_CIPHER_CTX_free(context)
            ERR_clear_error()
        }
        let (direction, place) = (Int32(isSealing ? 1 : 0), Array(place.utf8))
        var tag = tag ?? [UInt8](repeating: 0, count: tagCount)
        var text = [UInt8](repeating: 0, count: input.count + 1)
        var (count, last) = (Int32(0), Int32(0))
        guard EVP_CipherInit_ex(context, EVP_aes_256_gcm(), nil, key, nonce, direction) == 1,
            isSealing
                || EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tagCount), &tag) == 1,
            EVP_CipherUpdate(context, nil, &count, place, Int32(place.count)) == 1,
            EVP_CipherUpdate(context, &text, &count, input, Int32(input.count)) == 1
        else { return nil }
        let written = Int(count)
        var end = [UInt8](repeating: 0, count: tagCount)
        guard EVP_CipherFinal_ex(context, &end, &last) == 1,
            !isSealing
                || EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(tagCount), &tag) == 1
        else { return nil }
        return (Array(text.prefix(written)), tag)
    }
}

/// Bytes that nobody can guess.
package enum RandomBytes {
    /// Some of them; nil when the machine has none.
    package static func make(_ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        return RAND_bytes(&bytes, Int32(count)) == 1 ? bytes : nil
    }
}

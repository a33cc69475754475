// SPDX-License-Identifier: Apache-2.0

// The greatest message of a method, and the name by which errors tell of the limit.

/// How long a message may be.
package struct MessageLimit: Sendable {
    /// Name of the limit.
    package let name: StaticString
    /// The limit, in bytes, without the message's 5-byte prefix.
    package let bytes: Int

    /// Makes a limit.
    package init(_ name: StaticString, bytes: Int) {
        self.name = name
        self.bytes = max(bytes, 0)
    }

    /// The limit of the transport, which holds for all methods, and no other.
    package static let greatest = MessageLimit("messageBytesMax", bytes: .max)
}

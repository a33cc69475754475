// SPDX-License-Identifier: Apache-2.0

/// Why bytes are no message of the type that they should be.
package struct ProtobufError: Error, Sendable, Equatable {
    /// Kinds of error.
    package enum Kind: Sendable {
        /// Something is longer than what is left of the bytes, or of the message that it is in.
        case truncated
        /// An integer of variable length that does not end within ten bytes.
        case malformedInteger
        /// A field without a number, of a wire type that does not exist, or the end of a group
        /// that has not begun.
        case malformedTag
        /// A string that is not UTF-8.
        case invalidUTF8
        /// Messages or groups inside of each other beyond `ProtobufLimits.depth`.
        case tooDeep
        /// More messages in the message than `ProtobufLimits.parts`.
        case tooManyParts
        /// An Any that holds a message of another type.
        case otherType
    }

    /// What is wrong.
    package var kind: Kind
    /// Where: bytes before it, from the start of the outermost message.
    package var offset: Int

    /// Makes an error.
    package init(_ kind: Kind, offset: Int) {
        self.kind = kind
        self.offset = offset
    }
}

extension ProtobufError: CustomStringConvertible {
    /// The error for people, without what the bytes hold.
    package var description: String {
        let what =
            switch kind {
            case .truncated: "the bytes end too early"
            case .malformedInteger: "an integer does not end"
            case .malformedTag: "there is no field"
            case .invalidUTF8: "a text is not UTF-8"
            case .tooDeep: "messages are nested too deeply"
            case .tooManyParts: "there are too many messages in the message"
            case .otherType: "it holds a message of another type"
            }
        return "\(what) (at byte \(offset))"
    }
}

// SPDX-License-Identifier: Apache-2.0

// The members of an object, found by the bytes of their keys.

internal import ExactTexts

/// An object of a document.
package struct DocumentObject: Sendable {
    /// One member.
    package struct Member: Sendable {
        /// Its key.
        package let key: String
        /// Its value.
        package let value: DocumentValue
        /// The byte of the document at which its key begins.
        package let offset: Int

        /// What to say of a key that was there before.
        var repeatedMessage: String { "the key \"\(key.prefix(40))\" appears twice" }
    }

    /// The members, in the order of the bytes of their keys.
    package let members: [Member]

    /// Takes members in any order, of which keys may be repeated until somebody has looked.
    init(_ members: [Member]) {
        self.members = members.sorted {
            let (left, right) = (ExactText($0.key), ExactText($1.key))
            return left == right ? $0.offset < $1.offset : left < right
        }
    }

    /// Takes values by their keys; nil if two have the same.
    package init?(_ entries: [(key: String, value: DocumentValue)]) {
        self.init(entries.map { Member(key: $0.key, value: $0.value, offset: 0) })
        guard firstRepeated == nil else { return nil }
    }

    /// The first member of the document whose key was there before.
    var firstRepeated: Member? {
        zip(members, members.dropFirst())
            .filter { ExactText($0.key) == ExactText($1.key) }
            .map { $1 }.min { $0.offset < $1.offset }
    }

    /// The value of a key.
    package subscript(key: String) -> DocumentValue? {
        let wanted = ExactText(key)
        var (low, high) = (0, members.count)
        while low < high {
            let middle = (low + high) / 2
            if ExactText(members[middle].key) < wanted { low = middle + 1 } else { high = middle }
        }
        guard low < members.count, ExactText(members[low].key) == wanted else { return nil }
        return members[low].value
    }
}

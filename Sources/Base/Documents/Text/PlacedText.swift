// SPDX-License-Identifier: Apache-2.0

// Texts with places for values: "Dear {customer}, {total} is open". A value is never looked through
// for places, so that a customer's name cannot ask for another's amount.

/// A text in which names in braces stand for values.
package struct PlacedText: Sendable, Hashable {
    private enum Piece: Sendable, Hashable {
        case text(String)
        case place(String)
    }

    private let pieces: [Piece]
    /// The text as it was written.
    package let source: String

    /// Takes a text. A brace that is not closed, or has no name behind it, stands for itself.
    package init(_ source: String) {
        self.source = source
        var pieces: [Piece] = []
        var rest = source[...]
        while let open = rest.firstIndex(of: "{") {
            let name = rest[rest.index(after: open)...].prefix {
                $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_")
            }
            let isPlace =
                !name.isEmpty && name.endIndex < rest.endIndex
                && rest[name.endIndex] == "}"
            let end = rest.index(after: isPlace ? name.endIndex : open)
            pieces.append(.text(String(rest[..<(isPlace ? open : end)])))
            if isPlace { pieces.append(.place(String(name))) }
            rest = rest[end...]
        }
        pieces.append(.text(String(rest)))
        self.pieces = pieces
    }

    /// The names in braces, in their order.
    package var places: [String] {
        pieces.compactMap { if case .place(let name) = $0 { name } else { nil } }
    }

    /// The text with values in the places of their names; "?" where there is none.
    package func filled(_ values: [String: String]) -> String {
        pieces.reduce(into: "") { text, piece in
            switch piece {
            case .text(let words): text += words
            case .place(let name): text += values[name] ?? "?"
            }
        }
    }
}

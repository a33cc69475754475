// SPDX-License-Identifier: Apache-2.0

// Whose work it is, and how it weighs against that of others.

/// How often a share has its turn, against others that wait.
package enum TurnPriority: Int, Comparable, Sendable, CaseIterable {
    /// One turn in each second round.
    case low
    /// One turn in each round.
    case normal
    /// Two turns in each round.
    case high

    /// The priority of a name; nil for any other text.
    package init?(name: some StringProtocol) {
        let found = Self.allCases.first { $0.name == name }
        guard let found else { return nil }
        self = found
    }

    /// Its name, such as "low".
    package var name: String { "\(self)" }

    /// Turns in two rounds.
    var weight: Double {
        switch self {
        case .low: 1
        case .normal: 2
        case .high: 4
        }
    }

    /// Turns that it has one after the other.
    var turnsInARow: Int { self == .high ? 2 : 1 }

    /// Less weighs less.
    package static func < (one: TurnPriority, other: TurnPriority) -> Bool {
        one.rawValue < other.rawValue
    }
}

/// Whose work it is: all of one takes turns with that of others.
package struct TurnShare: Hashable, Sendable {
    /// Whose it is.
    package let owner: ObjectIdentifier
    /// How it weighs: work of one owner that weighs differently waits by itself.
    package let priority: TurnPriority

    /// The work of an owner.
    package init(_ owner: AnyObject, priority: TurnPriority = .normal) {
        (self.owner, self.priority) = (ObjectIdentifier(owner), priority)
    }
}

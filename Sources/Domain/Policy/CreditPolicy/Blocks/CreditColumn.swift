// SPDX-License-Identifier: Apache-2.0

// Companies as columns: what a policy takes, and texts by their numbers in a dictionary.

internal import CompiledTables
package import FEEL
package import Policies
internal import Quantities

/// A column that is given of companies.
package struct CreditColumn: Sendable, Equatable {
    /// How its values are given.
    package enum Kind: Sendable, Equatable {
        /// Doubles, each read as its shortest decimal number; what is not finite is no value.
        case number
        /// Days since 1970-01-01 as doubles; NaN is no value.
        case day
        /// Numbers of a dictionary's texts; any other is no value.
        case text
        /// 0 for false, 1 for true; any other is no value.
        case boolean
        /// Values as they are, such as guarantees that are held.
        case value
    }

    /// The name of an input of the policy, or `stage`, `subject` or `role`.
    package let name: String
    /// How its values are given.
    package let kind: Kind

    /// Takes both.
    package init(_ name: String, _ kind: Kind) {
        (self.name, self.kind) = (name, kind)
    }

    /// The column of the role of whoever asks.
    package static let role = "role"

    /// The column that a policy takes under a name; nil for a name that it does not know.
    package init?(_ name: String, of policy: Policy) {
        let own = [
            PolicyCircumstance.stage.rawValue, PolicyCircumstance.subject.rawValue, Self.role,
        ]
        if let input = policy.manifest.inputs.first(where: { $0.name == name }) {
            self.init(name, Kind(input.kind))
        } else if own.contains(name) {
            self.init(name, .text)
        } else {
            return nil
        }
    }
}

extension CreditColumn.Kind {
    /// How values of an input are given.
    package init(_ kind: PolicyInput.Kind) {
        switch kind {
        case .number: self = .number
        case .date: self = .day
        case .string: self = .text
        case .boolean: self = .boolean
        case .list, .context: self = .value
        }
    }
}

/// The values of a column of some companies. The memory is the caller's.
package enum CreditValues {
    /// Of a column of numbers or days.
    case numbers(UnsafePointer<Double>)
    /// Of a column of texts.
    case texts(UnsafePointer<Int32>, CreditTexts)
    /// Of a column of booleans.
    case booleans(UnsafePointer<UInt8>)
    /// Of a column of values.
    case values([FEELValue])

    /// Whether they are what a column wants.
    func fits(_ column: CreditColumn, rowCount: Int) -> Bool {
        switch (self, column.kind) {
        case (.numbers, .number), (.numbers, .day), (.booleans, .boolean): true
        case (.texts(_, let texts), .text): texts.name == column.name
        case (.values(let values), .value): values.count >= rowCount
        default: false
        }
    }
}

/// A dictionary of texts of a column, with what a policy makes of each: made once by
/// `CreditBlockPlan.texts`, it serves any number of blocks and threads.
package final class CreditTexts: Sendable {
    /// The texts.
    package let texts: [String]
    /// The column that it is for.
    let name: String
    /// What the tables make of them; nil where no table looks at the column.
    let bound: BoundTexts?
    /// What the calculation makes of each: of a role its place, of a sector the days that the law
    /// allows, of a day that is written its number; empty where it makes nothing.
    let meanings: [Int32]

    /// What has no meaning.
    static let none = Int32.min

    init(_ texts: [String], _ name: String, _ bound: BoundTexts?, _ meanings: [Int32]) {
        (self.texts, self.name) = (texts, name)
        (self.bound, self.meanings) = (bound, meanings)
    }
}

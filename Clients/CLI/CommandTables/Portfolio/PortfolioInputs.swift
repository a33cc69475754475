// SPDX-License-Identifier: Apache-2.0

// What two policies take of a portfolio's file, whether they are at hand or at a server.

package import CreditPolicy
internal import Decisions
internal import Documents
internal import Policies
package import VigieClient

/// The columns that two policies take of a file.
package struct PortfolioInputs {
    private let references: [String]
    private let columns: [(name: String, isNumber: Bool)]
    /// The names of amounts. What only models take are numbers of any kind.
    private let amounts: Set<String>

    /// The column that tells the day.
    static let asOf = PolicyCircumstance.asOf.rawValue
    /// Columns that name a row, the best first.
    static let names = ["company", "scenario", "id"]

    /// Those of policies that are at hand, and of the models that score for them.
    package init(_ inputs: SimulationInputs, models: [String] = []) {
        references = Self.references(inputs.before.reference, inputs.after.reference)
        let told = [inputs.before, inputs.after].flatMap { $0.manifest.inputs }
        amounts = Set(told.filter(\.isAmount).map(\.name))
        let own = inputs.columns.map { ($0.name, $0.kind == .number) }
        columns = own + models.filter { name in !own.contains { $0.0 == name } }.map { ($0, true) }
    }

    /// Those of policies of a server, as it describes them, and of the models that score for them.
    package init(
        _ before: PolicyDescription,
        _ after: PolicyDescription,
        models: [String] = []
    ) {
        references = Self.references(before.summary.reference, after.summary.reference)
        var columns: [(name: String, isNumber: Bool)] = []
        let own = [
            PolicyCircumstance.stage.rawValue, PolicyCircumstance.subject.rawValue,
            CreditColumn.role,
        ].map { ($0, false) }
        for policy in [before, after] {
            let inputs = policy.inputs.map {
                ($0.name, $0.kind == PolicyInput.Kind.number.rawValue)
            }
            for (name, isNumber) in inputs + own where !columns.contains(where: { $0.name == name })
            {
                columns.append((name, isNumber))
            }
        }
        let names = columns.map(\.name)
        self.columns = columns + models.filter { !names.contains($0) }.map { ($0, true) }
        let told = (before.inputs + after.inputs).filter(\.isAmount)
        amounts = Set(told.map(\.name))
    }

    private static func references(_ before: String, _ after: String) -> [String] {
        before == after ? [before] : [before, after]
    }

    /// What the reader of the file is to expect.
    var tableInputs: [TableInput] {
        columns.map { name, isNumber in
            TableInput(name: name, isCategory: !isNumber, isAmount: amounts.contains(name))
        } + [TableInput(name: Self.asOf, isCategory: true)]
    }

    /// All columns are kept, so that those that are mistyped are told by their names.
    var choice: ColumnChoice {
        var choice = ColumnChoice(keepsAll: true)
        let some = columns.prefix(3).map(\.name).joined(separator: ", ")
        choice.hint = "name columns as the policies name inputs, such as \(some)"
        return choice
    }

    /// The columns that are left out: names, expectations, groups.
    ///
    /// - Throws: Columns that are no such, most likely inputs that are mistyped.
    func ignored(_ names: [String], _ file: String) throws(InputError) -> [String] {
        let unknown = names.filter { name in
            !Self.names.contains(name) && name != "group" && !name.hasPrefix("expect.")
        }
        if let first = unknown.first {
            let meant = NearestName.among(columns.map(\.name), to: first)
            let verb = unknown.count > 1 ? "are no inputs" : "is no input"
            throw InputError(
                .content,
                "\(file): \(listed(unknown)) \(verb) of \(references.joined(separator: " or "))",
                hint: (meant.map { "did you mean \"\($0)\"? " } ?? "") + "rename or remove "
                    + (unknown.count > 1 ? "them" : "it")
            )
        }
        return names.filter { !Self.names.contains($0) }
    }
}

extension PolicyDescription.Input {
    /// Whether it is an amount, as of a policy that is at hand.
    fileprivate var isAmount: Bool {
        let units = [PolicyInput.Unit.currency, .none].map(\.rawValue)
        return kind == PolicyInput.Kind.number.rawValue && (unit.isEmpty || units.contains(unit))
    }
}

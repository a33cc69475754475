// SPDX-License-Identifier: Apache-2.0

// What two policies take of a portfolio.

internal import Decisions
internal import Documents
internal import FEEL
package import Policies
package import Quantities

/// Why a portfolio cannot be simulated, in words for whoever brings it.
package struct SimulationRefusal: Error, Sendable, Equatable {
    /// Where it stands, such as "line 3, amount"; nil for what concerns all of it.
    package let place: String?
    /// What is wrong, without a full stop.
    package let message: String
    /// What to do next, without a full stop.
    package let hint: String?

    /// Takes all of it.
    package init(_ place: String? = nil, _ message: String, hint: String? = nil) {
        (self.place, self.message, self.hint) = (place, message, hint)
    }

    /// What a policy refuses.
    init(_ error: PolicyError) {
        let first = error.problems.first.map {
            $0.path.isEmpty ? $0.message : "\($0.path) \($0.message)"
        }
        self.init(nil, (first ?? error.description).withoutFullStop)
    }
}

/// The columns that two policies take.
package struct SimulationInputs {
    /// The policy as it is.
    package let before: Policy
    /// The policy as it is to be.
    package let after: Policy
    private var types: [(column: CreditColumn, type: FEELType)] = []

    /// Takes two policies.
    ///
    /// - Throws: That they take one name as different kinds, or decide in different currencies.
    package init(_ before: Policy, _ after: Policy) throws(SimulationRefusal) {
        (self.before, self.after) = (before, after)
        let currencies = (before.manifest.currency.code, after.manifest.currency.code)
        guard currencies.0 == currencies.1 else {
            throw SimulationRefusal(
                nil,
                "\(before.reference) decides in \(currencies.0) and \(after.reference) in "
                    + "\(currencies.1), and amounts of both are compared",
                hint: "give both one currency"
            )
        }
        let own = [PolicyCircumstance.stage.rawValue, PolicyCircumstance.subject.rawValue]
        for policy in [before, after] {
            let names = policy.manifest.inputs.map(\.name) + own + [CreditColumn.role]
            for name in names {
                guard let column = CreditColumn(name, of: policy) else { continue }
                guard let known = types.first(where: { $0.column.name == name }) else {
                    types.append((column, Self.type(name, policy)))
                    continue
                }
                guard known.column == column else {
                    throw SimulationRefusal(
                        nil,
                        "\(name) is a \(known.column.kind) for one policy and a \(column.kind) for "
                            + "the other",
                        hint: "give it another name in one of them"
                    )
                }
            }
        }
    }

    /// What cells of an input are read as: the model knows what lists hold.
    private static func type(_ name: String, _ policy: Policy) -> FEELType {
        let input = policy.manifest.inputs.first { $0.name == name }
        let node = policy.model.node(name).map { policy.model.nodes[$0].type.type }
        return node ?? input?.kind.type ?? .string
    }

    /// All columns, in order.
    package var columns: [CreditColumn] { types.map(\.column) }

    /// The column of a name, with memory.
    ///
    /// - Parameter isNumber: Whether it is given as numbers.
    func column(_ name: String, isNumber: Bool) throws(SimulationRefusal) -> SimulatedColumn {
        guard let found = types.first(where: { $0.column.name == name }) else {
            throw SimulationRefusal(
                nil,
                "\(shortened(name)) is no input of \(references)",
                hint: NearestName.among(columns.map(\.name), to: name).map {
                    "did you mean \"\($0)\"?"
                }
            )
        }
        guard isNumber == (found.column.kind == .number) else {
            throw SimulationRefusal(
                nil,
                "\(name) is given as \(isNumber ? "numbers" : "texts"), and is a "
                    + "\(found.column.kind)",
                hint: "give numbers as columns of numbers, and all else as columns of texts"
            )
        }
        return SimulatedColumn(found.column, found.type)
    }

    /// What policies take of scores, where models give them.
    ///
    /// - Parameter names: The columns that are given.
    /// - Throws: One of those is what models tell.
    func scored(without names: [String]) throws(SimulationRefusal) -> [SimulatedScores.Fact] {
        var facts: [SimulatedScores.Fact] = []
        for fact in SimulatedScores.Fact.allCases {
            guard columns.contains(CreditColumn(fact.rawValue, fact.kind)) else { continue }
            guard !names.contains(fact.rawValue) else {
                throw SimulationRefusal(
                    nil,
                    "\(fact.rawValue) is a column, and what the models say",
                    hint: "leave the column out"
                )
            }
            facts.append(fact)
        }
        return facts
    }

    /// What is wrong with a text of a column of which policies know all values; nil if nothing is.
    func fault(_ text: String, _ name: String) -> String? {
        let isInput = [before, after].contains { $0.manifest.inputs.contains { $0.name == name } }
        guard !isInput else { return nil }
        let known: [String]
        switch name {
        case PolicyCircumstance.stage.rawValue: known = BusinessStage.allCases.map(\.rawValue)
        case PolicyCircumstance.subject.rawValue: known = PolicySubject.allCases.map(\.rawValue)
        case CreditColumn.role:
            let roles = [before, after].flatMap { $0.manifest.authority.roles.map(\.name) }
            known = roles.enumerated().filter { !roles[..<$0.offset].contains($0.element) }
                .map(\.element)
        default: return nil
        }
        guard !known.contains(text) else { return nil }
        let list = known.joined(separator: ", ")
        return "\"\(shortened(text))\" is no \(name) of the policies, which know \(list)"
    }

    /// The policies that do not know a role that the other one knows, each with its side.
    func unknowing(_ text: String, _ name: String) -> [String] {
        guard name == CreditColumn.role else { return [] }
        let sides = [(before, "before"), (after, "after")].filter { policy, _ in
            !policy.manifest.authority.roles.contains { $0.name == text }
        }
        return sides.map { "\($0.reference) (\($1))" }
    }

    /// Refuses a day on which neither policy holds.
    ///
    /// - Parameter place: Where the day stands.
    package func checkDay(
        _ day: CalendarDate,
        at place: String?
    ) throws(SimulationRefusal) {
        guard ![before, after].contains(where: { $0.manifest.isEffective(on: day) }) else {
            return
        }
        let days = [before, after].map { policy in
            "from \(policy.manifest.effectiveFrom)"
                + (policy.manifest.effectiveTo.map { " to \($0)" } ?? " on")
        }
        if before.reference == after.reference, days[0] == days[1] {
            throw SimulationRefusal(
                place,
                "\(before.reference) does not hold on \(day)",
                hint: "it holds \(days[0])"
            )
        }
        let names = zip([before, after], ["before", "after"]).map { policy, side in
            policy.reference + (before.reference == after.reference ? " (\(side))" : "")
        }
        throw SimulationRefusal(
            place,
            "neither \(names[0]) nor \(names[1]) holds on \(day)",
            hint: "they hold \(days[0]) and \(days[1])"
        )
    }

    /// The policies in words, for messages about both.
    private var references: String {
        before.reference == after.reference
            ? before.reference : "\(before.reference) or \(after.reference)"
    }

    /// What is told of inputs that no column gives.
    ///
    /// - Parameters:
    ///   - given: The columns that there are.
    ///   - companies: How many companies there are, and how many of them each policy has
    ///     looked into, since something is not known.
    func lacking(
        _ given: Set<String>,
        of companies: (all: Int, investigated: (before: Int, after: Int))
    ) -> [String] {
        let sides = [
            lacking(given, before, companies.all, companies.investigated.before),
            lacking(given, after, companies.all, companies.investigated.after),
        ]
        guard before.reference == after.reference else { return sides.flatMap(\.self) }
        return sides[0] == sides[1]
            ? sides[0]
            : zip(sides, ["before", "after"]).flatMap { lines, side in
                lines.map { "\(side): \($0)" }
            }
    }

    private func lacking(
        _ given: Set<String>,
        _ policy: Policy,
        _ all: Int,
        _ investigated: Int
    ) -> [String] {
        let lacking = policy.manifest.inputs.filter { !given.contains($0.name) }
        let required = lacking.filter(\.isRequired).map(\.name)
        var lines: [String] = []
        if all > 0, !required.isEmpty {
            lines.append(
                "there is no column for \(listed(required)), which \(policy.reference) requires: "
                    + "known of no company, and \(investigated) of \(all) need investigation and "
                    + "have no limit in the sums"
            )
        }
        // A rule may ask for what is not required, and then nothing is decided either.
        let others = lacking.filter { !$0.isRequired }.map(\.name)
        if all > 0, investigated == all, !others.isEmpty {
            lines.append(
                "every company needs investigation by \(policy.reference), whose rules may ask "
                    + "for what no column tells: \(listed(others))"
            )
        }
        return lines
    }
}

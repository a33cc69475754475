// SPDX-License-Identifier: Apache-2.0

// A policy and a day, bound to columns: made once, it serves any number of threads, each with a
// CreditBlockDecider of its own.

internal import CompiledTables
internal import DecimalNumbers
internal import Decisions
internal import Documents
package import FEEL
package import Policies
package import Quantities

/// A policy, bound to a day and to columns of companies.
package final class CreditBlockPlan: Sendable {
    /// Where a column of the compiled tables comes from.
    enum Source: Sendable {
        /// A column that is given, by its place.
        case column(Int)
        /// The same value in all rows.
        case fixed(FixedValue)
        /// The same number or day in all rows.
        case number(Double)
        /// What is computed before the last decisions.
        case result(PolicyResult)
    }

    /// The policy.
    package let policy: Policy
    /// The day for which is decided.
    package let day: CalendarDate
    /// The columns that are given, in order.
    package let columns: [CreditColumn]
    /// Why every company is decided one by one; nil if that is not so.
    package let interpretedReason: String?
    /// What of the tables is left to the interpreter, in a few words; empty if nothing is.
    package let slowParts: String
    let compiled: CompiledModel
    let sources: [Source]
    let fixed: [String: FEELValue]
    let isTrial: Bool

    /// The decisions that are made first, and those that are made of what was computed.
    static let questions: (first: [PolicyQuestion], last: [PolicyQuestion]) = (
        [.riskClass, .terms, .need, .limit, .guarantees], [.action, .clauses]
    )

    /// Binds a policy. What the policy takes and no column gives is not known; facts of columns are
    /// taken as they are, since no day is told of them.
    ///
    /// - Parameters:
    ///   - policy: The policy.
    ///   - day: The day for which is decided.
    ///   - columns: The columns: inputs of the policy, and `stage`, `subject` and `role`.
    ///   - fixed: Values that are the same for all companies, by the same names.
    ///   - isTrial: Whether the policy is tried on a day on which it does not hold. A role that it
    ///     does not know then counts as none.
    /// - Throws: All that does not fit, and that the policy does not hold on the day.
    package init(
        _ policy: Policy,
        on day: CalendarDate,
        columns: [CreditColumn],
        fixed: [String: FEELValue] = [:],
        isTrial: Bool = false
    ) throws(PolicyError) {
        try Self.check(policy, day, columns, fixed, isTrial)
        (self.policy, self.day, self.columns) = (policy, day, columns)
        (self.fixed, self.isTrial) = (fixed, isTrial)
        let places = { (questions: [PolicyQuestion]) in
            questions.compactMap { policy.place(of: $0) }
        }
        compiled = CompiledModel(
            policy.model,
            deciding: places(Self.questions.first),
            last: places(Self.questions.last)
        )
        slowParts = "\(compiled.remarks)"
        var reason = Self.reason(policy)
        var sources: [Source] = []
        for column in compiled.columns {
            if column.path.count > 1 { reason = "\(column.path[0]) is a context" }
            guard let source = Self.source(column, policy, day, columns, fixed) else {
                reason = "the number that is given for \(column.path[0]) is no double"
                sources.append(.number(.nan))
                continue
            }
            sources.append(source)
        }
        (self.sources, interpretedReason) = (sources, reason)
    }

    /// Takes a dictionary of a column of texts.
    ///
    /// - Throws: That a text is no stage, subject or role.
    package func texts(
        _ texts: [String],
        for column: Int
    ) throws(PolicyError) -> CreditTexts {
        let name = columns[column].name
        let place = sources.firstIndex {
            if case .column(column) = $0 { return true }
            return false
        }
        return CreditTexts(
            texts,
            name,
            place.map { compiled.bound(texts, to: $0) },
            try meanings(texts, name)
        )
    }

    /// What the calculation makes of texts.
    private func meanings(_ texts: [String], _ name: String) throws(PolicyError) -> [Int32] {
        var meanings: [Int32] = []
        for text in texts {
            let meaning: Int32?
            switch name {
            case PolicyCircumstance.stage.rawValue:
                meaning = BusinessStage(rawValue: text) == nil ? nil : 0
            case PolicyCircumstance.subject.rawValue:
                meaning = PolicySubject(rawValue: text).map { $0 == .naturalPerson ? 1 : 0 }
            case CreditColumn.role:
                let place = policy.manifest.authority.roles.firstIndex { $0.name == text }
                meaning = place.map(Int32.init) ?? (isTrial ? CreditTexts.none : nil)
            case Self.sector: meaning = legalDays(text)
            case Self.coverExpires:
                meaning = CalendarDate(text).map { $0.dayNumber } ?? CreditTexts.none
            default: return []
            }
            guard let meaning else {
                throw PolicyError(
                    file: name,
                    path: "",
                    message: "\"\(text.prefix(60))\" is no \(name) of \(policy.reference)."
                )
            }
            meanings.append(meaning)
        }
        return meanings
    }

    static let sector = "sector"
    static let coverExpires = "cover_expires"

    /// The most days that the law allows in a trade.
    func legalDays(_ sector: String?) -> Int32 {
        policy.legalMaximumDays(sector: sector, on: day).map { Int32(clamping: max($0, -1 << 30)) }
            ?? CreditTexts.none
    }

    // MARK: - Binding

    private static func check(
        _ policy: Policy,
        _ day: CalendarDate,
        _ columns: [CreditColumn],
        _ fixed: [String: FEELValue],
        _ isTrial: Bool
    ) throws(PolicyError) {
        if !isTrial { try policy.checkEffective(on: day) }
        var problems: [DocumentProblem] = []
        func add(_ name: String, _ message: String) {
            problems.append(DocumentProblem(file: "", path: name, message: message))
        }
        var known: Set<String> = []
        for column in columns {
            if !known.insert(column.name).inserted { add(column.name, "is given twice.") }
            guard let wanted = CreditColumn(column.name, of: policy) else {
                let names = policy.manifest.inputs.map(\.name)
                let hint = NearestName.hint(names, to: column.name)
                add(column.name, "is no input of \(policy.reference).\(hint)")
                continue
            }
            if wanted.kind != column.kind {
                add(column.name, "is given as a \(column.kind), and has to be a \(wanted.kind).")
            }
        }
        for name in fixed.keys.sorted() {
            if known.contains(name) { add(name, "is given as a column and as a value.") }
            if CreditColumn(name, of: policy) == nil {
                add(name, "is no input of \(policy.reference).")
            }
        }
        guard problems.isEmpty else { throw PolicyError(problems: problems) }
    }

    /// Why no company of a policy can be decided in columns.
    private static func reason(_ policy: Policy) -> String? {
        let own =
            PolicyCircumstance.allCases.map(\.rawValue) + PolicyResult.allCases.map(\.rawValue)
        return policy.manifest.inputs.first { own.contains($0.name) }.map {
            "the input \($0.name) has the name of something that is computed"
        }
    }

    /// Where a column of the tables comes from; nil where no column can hold what is given.
    private static func source(
        _ column: GivenColumn,
        _ policy: Policy,
        _ day: CalendarDate,
        _ columns: [CreditColumn],
        _ fixed: [String: FEELValue]
    ) -> Source? {
        let name = column.path[0]
        guard policy.model.node(name) == column.node else { return source(.null, column.kind) }
        if let place = columns.firstIndex(where: { $0.name == name }) { return .column(place) }
        if let value = fixed[name] { return source(value, column.kind) }
        if let table = policy.tables.first(where: { $0.name == name }) {
            return source(table.value(on: day), column.kind)
        }
        switch PolicyCircumstance(rawValue: name) {
        case .asOf: return source(PolicyValue.date(day) ?? .null, column.kind)
        case .stage: return source(.string(BusinessStage.quote.rawValue), column.kind)
        case .subject: return source(.string(PolicySubject.legalPerson.rawValue), column.kind)
        case nil: break
        }
        if let result = PolicyResult(rawValue: name) { return .result(result) }
        return source(.null, column.kind)
    }

    private static func source(_ value: FEELValue, _ kind: GivenColumn.Kind) -> Source? {
        switch (kind, value) {
        case (.number, .number(let number)): number.exactDouble.map { .number($0) }
        case (.day, .date(let date)): .number(Double(date.dayNumber))
        case (.number, _), (.day, _): .number(.nan)
        default: .fixed(FixedValue(value))
        }
    }
}

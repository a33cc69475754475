// SPDX-License-Identifier: Apache-2.0

// Texts that are most likely mistyped: a cell that names what its value can never be, and a value
// that no cell names, but for one or two letters. With `not("high")` beside it, a `hihg` decides
// like any other text, and nobody hears of it.

internal import Decisions
internal import Documents
internal import ExactTexts
internal import FEEL

/// Looks for texts of cells and of values that do not meet.
///
/// Cost: what `NearestName` takes for each text that does not meet.
struct UnknownTexts {
    private let policy: Policy
    /// What was found.
    var remarks: [PolicyRemark] = []
    /// Whether all was looked at.
    var isFinished = true

    init(_ policy: Policy) { self.policy = policy }

    mutating func look(_ mayGoOn: () -> Bool) {
        lookAtKeys(policy, mayGoOn)
        guard isFinished else { return }
        let search = TextSearch(policy)
        for node in policy.model.nodes(.decision) {
            guard let place = policy.model.table(of: node) else { continue }
            let table = policy.model.tables[place]
            for input in table.inputs.indices {
                guard let named = table.inputs[input].expression.namedInput,
                    let known = search.texts(
                        of: policy.model.nodes[node].requirements[named.input],
                        named.path
                    )
                else { continue }
                lookAtCells(table, input, known, mayGoOn)
                lookAtValues(table, input, known, mayGoOn)
                guard isFinished else { return }
            }
        }
    }

    /// Cells that name what the value cannot be.
    private mutating func lookAtCells(
        _ table: DecisionTable,
        _ input: Int,
        _ known: KnownTexts,
        _ mayGoOn: () -> Bool
    ) {
        let texts = known.places.keys.sorted().map(\.text)
        let shown =
            texts.prefix(Self.shownTexts).joined(separator: ", ")
            + (texts.count > Self.shownTexts ? "…" : "")
        for (number, rule) in table.rules.enumerated() {
            for text in rule.tests[input].namedTexts
            where known.places[ExactText(text)] == nil {
                guard mayGoOn() else { return isFinished = false }
                let near = Self.nearest(text, texts)
                guard near != nil || !known.isOpen else { continue }
                let name = rule.id.isEmpty ? "" : " (\(rule.id))"
                let remark = PolicyRemark(
                    .unknownText,
                    "\(table.place.file): line \(rule.line), decision \"\(table.decisionName)\"",
                    "rule \(number + 1)\(name), \(table.inputs[input].name): \"\(text)\" is none "
                        + "of what that can be: \(shown).\(Self.hint(near))",
                    of: table.decisionName,
                    [rule.id]
                )
                remarks.append(remark)
            }
        }
    }

    /// Values that are nearly what cells name.
    private mutating func lookAtValues(
        _ table: DecisionTable,
        _ input: Int,
        _ known: KnownTexts,
        _ mayGoOn: () -> Bool
    ) {
        let named = Set(table.rules.flatMap { $0.tests[input].namedTexts.map(ExactText.init) })
        // What can be a value itself is not told twice.
        let meant = named.filter { known.places[$0] != nil }.sorted().map(\.text)
        let ordered = known.places.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
        for (exact, place) in ordered where !named.contains(exact) {
            let text = exact.text
            guard mayGoOn() else { return isFinished = false }
            guard let near = Self.nearest(text, meant) else { continue }
            let remark = PolicyRemark(
                .unknownText,
                place,
                "no rule of \(table.decisionName) names \"\(text)\" as "
                    + "\(table.inputs[input].name).\(Self.hint(near))",
                of: table.decisionName,
                []
            )
            remarks.append(remark)
        }
    }

    /// How many texts of a value are told with one that is none of them.
    private static let shownTexts = 10

    private static func hint(_ near: String?) -> String {
        near.map { " Did you mean \"\($0)\"?" } ?? ""
    }

    /// The text that is nearest to another one, if it is near: short ones are codes, of which each
    /// letter counts, and so does each digit.
    static func nearest(_ text: String, _ others: [String]) -> String? {
        // What looks the same, in another form of Unicode, is as near as can be.
        if let alike = others.first(where: { $0 == text }) { return alike }
        let isShort = text.utf8.count < 4
        let (plain, digits) = parts(text)
        let alike = others.filter { other in
            let (otherPlain, otherDigits) = parts(other)
            return digits == otherDigits || plain != otherPlain
        }
        return NearestName.among(alike, to: text, atMost: isShort ? 0 : nil)
    }

    private static func parts(_ text: String) -> (plain: [UInt8], digits: [UInt8]) {
        let isDigit = { (byte: UInt8) in byte >= 0x30 && byte <= 0x39 }
        return (text.utf8.filter { !isDigit($0) }, text.utf8.filter(isDigit))
    }
}

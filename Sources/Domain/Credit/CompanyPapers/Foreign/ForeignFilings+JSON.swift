// SPDX-License-Identifier: Apache-2.0

// What the American authority gives of a filer (EDGAR, companyfacts). The year that a record names
// is that of the filing, so days are read only.

internal import CreditFacts
package import Documents
internal import Quantities

extension ForeignFilings {
    /// Reads a file.
    ///
    /// - Throws: What is wrong with it as JSON, or that it has no facts that can be used.
    package init(json: [UInt8], paper: Int32, findingsPerCodeMax: Int) throws(DocumentError) {
        self.init(paper: paper, findingsPerCodeMax: findingsPerCodeMax)
        let document = try DocumentValue(json: json, depthLimit: DocumentDepth.notices)
        let root = DocumentNode(value: document)
        let all = try root.member("facts")
        let number = document.string("cik")
        filer = String(repeating: "0", count: max(0, 10 - number.utf8.count)) + number
        name = document.string("entityName")
        // The one that most names are of.
        var most = 0
        for taxonomy in ["us-gaap", "ifrs-full"] {
            guard let node = try all.optional(taxonomy), case .object(let object) = node.value
            else { continue }
            let known = ForeignLine.names(of: taxonomy)
            let count = object.members.count { known.contains($0.key) }
            if count > most { (most, self.taxonomy) = (count, taxonomy) }
        }
        guard most > 0 else {
            throw all.malformed("no name of us-gaap or ifrs-full that is used is among the facts")
        }
        readNames(all.value.nested(taxonomy))
        guard counts.kept > 0 else {
            throw all.malformed(noFact)
        }
    }

    private mutating func readNames(_ taxonomyFacts: DocumentValue?) {
        guard case .object(let object) = taxonomyFacts else { return }
        let known = ForeignLine.names(of: taxonomy)
        currency = mainCurrency(object, known)
        guard let currency else { return }
        var list: [ForeignFact] = []
        var others: [String: Int] = [:]
        for member in object.members where known.contains(member.key) {
            let units = member.value.nested("units")
            leaveOut(units, but: currency, &others)
            for record in units?.nested(currency.code)?.elements ?? [] {
                counts.read += 1
                guard let fact = fact(record, member.key) else { continue }
                list.append(fact)
            }
        }
        // Those filed on one day stay in the order of the file.
        take(list)
        for (code, count) in others.sorted(by: { $0.key < $1.key }) {
            note(.otherCurrency, "units", [Self.inCurrency(code, count)], &findings)
        }
    }

    /// Counts facts of a name in other currencies than that of most: they are left out.
    private mutating func leaveOut(
        _ units: DocumentValue?,
        but currency: Currency,
        _ others: inout [String: Int]
    ) {
        guard case .object(let units) = units else { return }
        for unit in units.members where unit.key != currency.code && Currency(unit.key) != nil {
            let count = unit.value.elements?.count ?? 0
            others[unit.key, default: 0] += count
            counts.read += count
            counts.leftOut += count
        }
    }

    /// The currency of most facts.
    private func mainCurrency(_ object: DocumentObject, _ known: Set<String>) -> Currency? {
        var counts: [String: Int] = [:]
        for member in object.members where known.contains(member.key) {
            guard case .object(let units) = member.value.nested("units") else { continue }
            for unit in units.members where Currency(unit.key) != nil {
                counts[unit.key, default: 0] += unit.value.elements?.count ?? 0
            }
        }
        return counts.mostCounted.flatMap { Currency($0) }
    }

    private mutating func fact(_ record: DocumentValue, _ name: String) -> ForeignFact? {
        guard let end = CalendarDate(record.string("end")),
            let filed = CalendarDate(record.string("filed"))
        else {
            setAside(.badDate, name, [record.string("end"), record.string("filed")])
            return nil
        }
        let startText = record.text(of: "start")
        let start = startText.flatMap { CalendarDate($0) }
        if startText != nil, start == nil {
            setAside(.badDate, name, [startText ?? ""])
            return nil
        }
        let text = record.string("val")
        guard let value = Array(text.utf8)[...].double, let cents = ForeignFact.cents(value) else {
            setAside(.badAmount, name, [text])
            return nil
        }
        return ForeignFact(
            name: name,
            start: start,
            end: end,
            filed: filed,
            isAnnual: ForeignFact.isAnnual(record.string("form")),
            cents: cents,
            line: 0
        )
    }

    private mutating func setAside(_ code: FindingCode, _ field: String, _ values: [String]) {
        counts.setAside += 1
        note(code, field, values, &findings)
    }
}

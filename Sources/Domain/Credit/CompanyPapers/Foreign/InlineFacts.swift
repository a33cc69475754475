// SPDX-License-Identifier: Apache-2.0

// Reports in which the numbers are marked for programs (Inline XBRL: those of listed companies in
// Europe, and of American ones). A report does not say when it was filed: its facts count as known
// from the day that they speak of. Facts of a part of the company (with dimensions) are left out.

internal import CreditFacts
internal import Documents
internal import Quantities
internal import VigieLimits

/// Finds the facts of a report.
final class InlineFacts: XMLHandler {
    private struct Context {
        var entity = ""
        var start: CalendarDate?
        var end: CalendarDate?
        var hasDimension = false
    }

    private struct Fact {
        var name: String
        var context: String
        var unit: String
        var value: Double
        var line: Int
    }

    /// An element whose text is wanted.
    private struct Capture {
        enum Purpose { case fact, word, entity, instant, start, end, measure }
        var purpose: Purpose
        var text: [UInt8] = []
        var attributes: [String: String] = [:]
        var line = 0
    }

    private enum Open { case other, capture, context, unit }

    private var contexts: [String: Context] = [:]
    private var units: [String: String] = [:]
    private var context: (id: String, is: Context)?
    private var unit: (id: String, isPlain: Bool)?
    private var facts: [Fact] = []
    /// Words about the report itself, by name without prefix.
    private var words: [String: String] = [:]
    private var captures: [Capture] = []
    /// What each open element is.
    private var open: [Open] = []
    private var filings: ForeignFilings

    /// Begins a report.
    init(paper: Int32, findingsPerCodeMax: Int) {
        filings = ForeignFilings(paper: paper, findingsPerCodeMax: findingsPerCodeMax)
    }

    // MARK: Elements

    func start(_ tag: XMLTag) throws(DocumentError) {
        let depth = open.count
        defer { if open.count == depth { open.append(.other) } }
        var capture: Capture?
        if tag.name.namespace.hasSuffix("inlineXBRL") {
            capture = inlineElement(tag)
        } else if tag.name.namespace == "http://www.xbrl.org/2003/instance" {
            capture = instanceElement(tag)
        } else if ["explicitMember", "typedMember"].contains(tag.name.local) {
            context?.is.hasDimension = true
        }
        if let capture {
            open.append(.capture)
            captures.append(capture)
        }
    }

    private func inlineElement(_ tag: XMLTag) -> Capture? {
        guard ["nonFraction", "nonNumeric"].contains(tag.name.local) else { return nil }
        let isFact = tag.name.local == "nonFraction"
        var capture = Capture(purpose: isFact ? .fact : .word, line: tag.line)
        for attribute in tag.attributes {
            capture.attributes[attribute.name.local] =
                String(decoding: attribute.value.prefix(PaperLimits.inlineTextBytes), as: UTF8.self)
        }
        return capture
    }

    private func instanceElement(_ tag: XMLTag) -> Capture? {
        let id = tag.attributes.first { $0.name.local == "id" }
            .map { String(decoding: $0.value, as: UTF8.self) }
        switch tag.name.local {
        case "context":
            context = (id ?? "", Context())
            open.append(.context)
        case "unit":
            unit = (id ?? "", true)
            open.append(.unit)
        case "divide": unit?.isPlain = false
        case "identifier": return Capture(purpose: .entity)
        case "instant": return Capture(purpose: .instant)
        case "startDate": return Capture(purpose: .start)
        case "endDate": return Capture(purpose: .end)
        case "measure": return Capture(purpose: .measure)
        default: break
        }
        return nil
    }

    func text(_ bytes: UnsafeRawBufferPointer, line: Int) throws(DocumentError) {
        // What is marked may hold marked text itself, and belongs to both.
        for place in captures.indices {
            let room = PaperLimits.inlineTextBytes + 1 - captures[place].text.count
            captures[place].text += bytes.prefix(max(0, room))
        }
    }

    func end() {
        switch open.popLast() {
        case .capture: if let capture = captures.popLast() { take(text: capture) }
        case .context:
            if let context, contexts.count < PaperLimits.inlineContextsMaximum {
                contexts[context.id] = context.is
            }
            context = nil
        case .unit: unit = nil
        default: break
        }
    }

    private func take(text capture: Capture) {
        let text = String(decoding: capture.text[...].trimmed, as: UTF8.self)
        switch capture.purpose {
        case .fact: take(capture)
        case .word:
            let name = capture.attributes["name"]?.split(separator: ":").last.map(String.init)
            if let name, words.count < PaperLimits.marksMaximum { words[name] = text }
        case .entity: context?.is.entity = text
        case .instant, .end: context?.is.end = CalendarDate(String(text.prefix(10)))
        case .start: context?.is.start = CalendarDate(String(text.prefix(10)))
        case .measure:
            guard let unit, unit.isPlain, units.count < PaperLimits.marksMaximum else { return }
            units[unit.id] = text.split(separator: ":").last.map(String.init)
        }
    }

    // MARK: Facts

    private func take(_ capture: Capture) {
        let name = capture.attributes["name"] ?? ""
        guard ForeignLine.isKnown(name), capture.attributes["nil"] != "true" else { return }
        filings.counts.read += 1
        guard facts.count < PaperLimits.inlineFactsMaximum,
            capture.text.count <= PaperLimits.inlineTextBytes
        else { return setAside(.tooLong, capture, []) }
        let format = capture.attributes["format"] ?? ""
        do throws(InlineNumber.Failure) {
            let value = try InlineNumber.value(
                capture.text,
                format: format,
                scale: capture.attributes["scale"] ?? "",
                isNegated: capture.attributes["sign"] == "-"
            )
            facts.append(
                Fact(
                    name: name,
                    context: capture.attributes["contextRef"] ?? "",
                    unit: capture.attributes["unitRef"] ?? "",
                    value: value,
                    line: capture.line
                )
            )
        } catch {
            switch error {
            case .unknownFormat: setAside(.unknownFormat, capture, [format])
            case .noNumber:
                let shown = String(decoding: capture.text.prefix(40), as: UTF8.self)
                setAside(.badAmount, capture, [shown])
            }
        }
    }

    private func setAside(_ code: FindingCode, _ capture: Capture, _ values: [String]) {
        filings.counts.setAside += 1
        note(code, capture.attributes["name"] ?? "", capture.line, values)
    }

    private func note(_ code: FindingCode, _ field: String, _ line: Int, _ values: [String]) {
        let place = PaperReference(paper: filings.paper, line: Int32(clamping: line))
        filings.findings.add(Finding(code, at: place, field: field, values))
    }

    // MARK: The report

    /// What was found, when the report has been read.
    func finished() throws(DocumentError) -> ForeignFilings {
        guard !facts.isEmpty else {
            throw DocumentError(
                code: .malformed,
                place: "html",
                message:
                    "no number of it is marked with a name of us-gaap or ifrs-full that is used"
            )
        }
        filings.taxonomy = most(facts.map { ForeignLine.taxonomy(of: $0.name) ?? "" })
        let currency = most(facts.compactMap { units[$0.unit] }.filter { Currency($0) != nil })
        filings.currency = Currency(currency)
        filings.name =
            words["EntityRegistrantName"]
            ?? words["NameOfReportingEntityOrOtherMeansOfIdentification"] ?? ""
        var dated: [ForeignFact] = []
        for fact in facts where ForeignLine.taxonomy(of: fact.name) == filings.taxonomy {
            finish(fact, currency, &dated)
        }
        filings.take(dated)
        guard filings.counts.kept > 0 else {
            throw DocumentError(
                code: .malformed,
                place: "html",
                message: filings.noFact
            )
        }
        return filings
    }

    private func finish(_ fact: Fact, _ currency: String, _ dated: inout [ForeignFact]) {
        let context = contexts[fact.context]
        guard context?.hasDimension != true else {
            filings.counts.leftOut += 1
            return
        }
        let unit = units[fact.unit]
        guard unit == nil || unit == currency, let cents = ForeignFact.cents(fact.value) else {
            filings.counts.setAside += 1
            let isOther = unit != nil && unit != currency
            let values = [isOther ? unit ?? "" : "\(fact.value)"]
            return note(isOther ? .otherCurrency : .badAmount, fact.name, fact.line, values)
        }
        let form = words["DocumentType"]
        let known = ForeignFact(
            name: fact.name.split(separator: ":").last.map(String.init) ?? "",
            start: context?.start,
            end: context?.end,
            isAnnual: form.map(ForeignFact.isAnnual) ?? true,
            cents: cents,
            line: Int32(clamping: fact.line)
        )
        guard let context, context.end != nil, unit != nil else {
            let missing = context?.end == nil ? fact.context : fact.unit
            note(.contextMissing, fact.name, fact.line, [missing])
            filings.undated.append(known)
            return
        }
        if filings.filer.isEmpty { filings.filer = context.entity }
        dated.append(known)
    }

    /// The text that comes most often; of those that do as often the first by its letters.
    private func most(_ texts: [String]) -> String {
        var counts: [String: Int] = [:]
        for text in texts { counts[text, default: 0] += 1 }
        return counts.mostCounted ?? ""
    }
}

// SPDX-License-Identifier: Apache-2.0

// From notices to events. What a notice does not say clearly is an event that somebody has to read,
// never nothing.

package import CreditFacts
internal import Documents
internal import Quantities

/// Events and corrections out of notices.
package struct NoticeEvents: Sendable {
    /// The events, in the order of the notices.
    package private(set) var events: [LegalEvent] = []
    /// What later notices took back.
    package private(set) var corrections: [NoticeCorrection] = []
    /// What was noticed.
    package var findings: Findings
    /// Notices that were read, and those set aside.
    package var counts = RecordCounts()

    init(findingsPerCodeMax: Int) { findings = Findings(keptPerCodeMax: findingsPerCodeMax) }

    /// Adds a notice.
    mutating func add(_ notice: Notice) {
        counts.read += 1
        guard let published = FrenchDate.read(notice.published) else {
            setAside(notice, .badDate, field: "dateparution", [notice.published])
            return
        }
        // From such a day on nobody will ever know of it.
        guard (1_950...2_100).contains(published.components.year) else {
            setAside(notice, .absurdDate, field: "dateparution", [notice.published])
            return
        }
        let companies = companies(notice)
        guard !companies.isEmpty else {
            // Who bought is in no trouble, and who sold is not always named.
            if notice.isSale, notice.judgment == nil {
                note(notice, .noticeNotUsed, field: "familleavis", [notice.family])
                return
            }
            setAside(notice, .badIdentifier, field: "registre", notice.numbers)
            return
        }
        let kind = Notice.Kind(notice.kindWord)
        if kind == nil { note(notice, .noticeKindUnknown, field: "typeavis", [notice.kindWord]) }
        let takesBack = takesBack(notice, kind)
        if takesBack, let previous = notice.previous {
            var correction = NoticeCorrection(
                corrected: previous,
                by: notice.identifier,
                published: published
            )
            correction.companies = companies
            correction.source = notice.source
            if kind == .annulment, let judgment = notice.judgment {
                let meaning = JudgmentTable.standard.meaning(
                    nature: judgment.nature,
                    words: ""
                )
                correction.kind = meaning.kind
                correction.decided = FrenchDate.read(judgment.date)
            }
            corrections.append(correction)
            if kind != .correction { return }
        } else if takesBack {
            note(notice, .noticeNamesNoOther, field: "parutionavisprecedent", [notice.kindWord])
        }
        guard var what = what(notice, published) else { return }
        // An annulment of nobody knows what, and what may be one, have to be read.
        if kind == nil || kind == .annulment { what = Happening(kind: .unclear) }
        for siren in companies {
            events.append(
                LegalEvent(
                    siren: siren,
                    kind: what.kind,
                    proceeding: what.proceeding,
                    decided: what.decided,
                    published: published,
                    notice: notice.identifier,
                    source: notice.source
                )
            )
        }
    }

    /// The companies that a notice is for, each once.
    private mutating func companies(_ notice: Notice) -> [SIREN] {
        var companies: [SIREN] = []
        for number in notice.numbers {
            guard let siren = try? SIREN(number) else {
                note(notice, .badIdentifier, field: "numeroIdentification", [number])
                continue
            }
            if !companies.contains(siren) { companies.append(siren) }
        }
        for number in notice.otherNumbers {
            if let siren = try? SIREN(number), !companies.contains(siren) {
                companies.append(siren)
            }
        }
        return companies
    }

    /// Whether a notice makes an earlier one void: it is corrected or annulled, or the judgment
    /// that it told of was retracted.
    private func takesBack(_ notice: Notice, _ kind: Notice.Kind?) -> Bool {
        if kind == .correction || kind == .annulment { return true }
        guard kind != nil, let judgment = notice.judgment, notice.previous != nil else {
            return false
        }
        return FrenchText.folded(judgment.nature + " " + judgment.family).contains("retractation")
    }

    /// Ends the reading.
    ///
    /// - Throws: What to do about a file of which no notice could be read.
    func checkRead(_ source: String) throws(DocumentError) {
        guard counts.kept == 0 else { return }
        let error = findings.nothing(of: counts, in: source)
        throw DocumentError(code: .malformed, place: source, message: error.message)
    }

    private struct Happening {
        var kind: LegalEventKind
        var proceeding: Proceeding?
        var decided: CalendarDate?
    }

    /// What a notice tells of; nil for what concerns nobody's standing.
    private mutating func what(_ notice: Notice, _ published: CalendarDate) -> Happening? {
        if let judgment = notice.judgment {
            let meaning = JudgmentTable.standard.meaning(
                nature: judgment.nature,
                words: judgment.words
            )
            return Happening(
                kind: meaning.kind,
                proceeding: meaning.proceeding,
                decided: date(judgment.date, of: notice, published)
            )
        }
        if let strikeOff = notice.strikeOff {
            return Happening(
                kind: Self.kind(ofStrikeOff: FrenchText.folded(strikeOff.comment)),
                decided: date(strikeOff.date, of: notice, published)
            )
        }
        if let registration = notice.registration {
            return Happening(
                kind: .registered,
                decided: date(registration.date, of: notice, published)
            )
        }
        if notice.isSale { return Happening(kind: .businessSold) }
        let words = FrenchText.folded(notice.modification)
        if words.contains("dissolution") { return Happening(kind: .voluntaryDissolution) }
        switch notice.family {
        case "dpc": return Happening(kind: .accountsDeposited)
        // What came without its parts is still what its family says.
        case "radiation": return Happening(kind: .struckOff)
        case "collective": return Happening(kind: .unclear)
        case "modification", "creation", "immatriculation", "divers":
            note(notice, .noticeNotUsed, field: "familleavis", [notice.family])
            return nil
        default:
            note(notice, .noticeFamilyUnknown, field: "familleavis", [notice.family])
            return nil
        }
    }

    /// A strike-off that is none: the seat moved to another court, or an earlier one is withdrawn.
    private static func kind(ofStrikeOff comment: String) -> LegalEventKind {
        if comment.contains("transfert du siege") { return .seatMoved }
        if comment.contains("rapport de radiation") || comment.contains("rapport de la radiation") {
            return .strikeOffWithdrawn
        }
        return .struckOff
    }

    /// The date of a judgment; nil, with a finding, for one that cannot be meant.
    private mutating func date(
        _ text: String,
        of notice: Notice,
        _ published: CalendarDate
    ) -> CalendarDate? {
        if text.isEmpty { return nil }
        guard let date = FrenchDate.read(text) else {
            note(notice, .badDate, field: "date", [text])
            return nil
        }
        guard date <= published, date.components.year >= 1_950 else {
            note(notice, .absurdDate, field: "date", [text])
            return nil
        }
        return date
    }

    // MARK: Findings

    /// Counts a record that could not be read at all.
    mutating func setAside(_ place: PaperReference, _ values: [String]) {
        counts.read += 1
        counts.setAside += 1
        findings.add(Finding(.badRecord, at: place, values))
    }

    private mutating func note(
        _ notice: Notice,
        _ code: FindingCode,
        field: String,
        _ values: [String]
    ) {
        findings.add(Finding(code, at: notice.source, field: field, [notice.identifier] + values))
    }

    private mutating func setAside(
        _ notice: Notice,
        _ code: FindingCode,
        field: String,
        _ values: [String]
    ) {
        counts.setAside += 1
        note(notice, code, field: field, values)
    }
}

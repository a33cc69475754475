// SPDX-License-Identifier: Apache-2.0

// Notices as the open data portal has them (annonces-commerciales), in JSON: an answer with
// "results", or a list of records. Parts of a record are JSON themselves, written as text.

internal import CreditFacts
package import Documents

/// Notices in the records of the open data portal.
package enum NoticeRecords {
    /// Reads a JSON file.
    ///
    /// - Throws: What is wrong with the file as JSON, or that it has no notices.
    package static func events(
        json: [UInt8],
        paper: Int32,
        findingsPerCodeMax: Int
    ) throws(DocumentError) -> NoticeEvents {
        let document = try DocumentValue(json: json, depthLimit: DocumentDepth.notices)
        var events = NoticeEvents(findingsPerCodeMax: findingsPerCodeMax)
        for (place, record) in try records(document).enumerated() {
            events.add(
                notice(record, PaperReference(paper: paper, line: Int32(clamping: place + 1)))
            )
        }
        return events
    }

    private static func records(_ document: DocumentValue) throws(DocumentError) -> [DocumentValue]
    {
        if let list = document.elements { return list }
        return try DocumentNode(value: document).member("results").list().map(\.value)
    }

    private static func notice(_ record: DocumentValue, _ source: PaperReference) -> Notice {
        var notice = Notice()
        notice.source = source
        notice.identifier = record.string("id")
        notice.kind = Notice.Kind(record.string("typeavis")) ?? .announcement
        notice.family = FrenchText.folded(record.string("familleavis"))
        notice.published = record.string("dateparution")
        notice.numbers = numbers(record)
        if let judgment = record.nested("jugement") {
            notice.judgment = Notice.Judgment(
                nature: judgment.string("nature"),
                family: judgment.string("famille"),
                date: judgment.string("date"),
                words: judgment.string("complementJugement")
            )
        }
        if let strikeOff = record.nested("radiationaurcs") {
            let old = strikeOff.nested("radiationPP")
            let date = strikeOff.string("dateCessationActivitePP")
            notice.strikeOff = (
                date.isEmpty ? old?.string("dateCessationActivitePP") ?? "" : date,
                strikeOff.string("commentaire")
            )
        }
        if let modification = record.nested("modificationsgenerales") {
            notice.modification = modification.string("descriptif")
        }
        if let act = record.nested("acte") {
            let date = act.string("dateImmatriculation")
            if let creation = act.nested("creation") {
                notice.registration = (date, creation.string("categorieCreation"))
            } else if act.nested("immatriculation") != nil {
                notice.registration = (date, "")
            }
        }
        notice.isSale = notice.family == "vente"
        if let previous = record.nested("parutionavisprecedent") {
            // "BODACC A": the letter, then the issue and the number.
            let letter = previous.string("nomPublication").last.map(String.init) ?? ""
            notice.previous =
                letter + previous.string("numeroParution") + previous.string("numeroAnnonce")
        }
        return notice
    }

    /// The numbers of the companies: of each person by itself; where there is none, of the record.
    private static func numbers(_ record: DocumentValue) -> [String] {
        let persons = record.nested("listepersonnes")?.nested("personne")
        let found = (persons?.elements ?? [persons].compactMap { $0 }).compactMap { person in
            person.nested("numeroImmatriculation")?.text(of: "numeroIdentification")
                ?? person.nested("inscriptionRM")?.text(of: "numeroIdentificationRM")
        }
        if !found.isEmpty { return found }
        return record.nested("registre")?.elements?.compactMap(\.plainText) ?? []
    }
}

/// Levels of brackets in papers.
enum DocumentDepth {
    // tidy: limit: how deep such a record is by its nature
    static let notices = 32
}

extension DocumentValue {
    /// A member that is a text or a number; empty for anything else.
    func string(_ key: String) -> String { text(of: key) ?? "" }

    /// A member that is a text or a number; nil for anything else, and for an empty text.
    func text(of key: String) -> String? {
        guard case .object(let object) = self, let text = object[key]?.plainText, !text.isEmpty
        else { return nil }
        return text
    }

    /// A text, or the digits of a number.
    var plainText: String? {
        switch self {
        case .text(let text): text
        case .number(let number): String(decoding: number.bytes, as: UTF8.self)
        default: nil
        }
    }

    /// A member that is an object or a list, or such a one written as text.
    func nested(_ key: String) -> DocumentValue? {
        guard case .object(let object) = self, let value = object[key] else { return nil }
        switch value {
        case .object, .list: return value
        case .text(let text):
            let inner = try? DocumentValue(
                json: Array(text.utf8),
                depthLimit: DocumentDepth.notices
            )
            switch inner {
            case .object, .list: return inner
            default: return nil
            }
        default: return nil
        }
    }
}

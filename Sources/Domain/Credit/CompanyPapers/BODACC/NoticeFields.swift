// SPDX-License-Identifier: Apache-2.0

// A notice put together from its fields, whatever form it comes in: each field has a path of names,
// such as "jugement", "nature", and the names are those of the open data portal and of the DILA's
// XML, in small letters.

internal import CreditFacts
internal import Quantities

/// A notice while its fields come.
struct NoticeFields {
    /// What a file says of all its notices.
    struct Head {
        var letter = ""
        var family = ""
        var issue = ""
        var published = ""
    }

    private var notice = Notice()
    private var identifier = ""
    private var letter = ""
    private var issue = ""
    private var number = ""
    private var kindWord: String?
    private var previous = (letter: "", issue: "", number: "")
    private var persons: [String] = []
    private var sellers: [String] = []
    private var register: [String] = []
    private var client = ""
    private var actDate = ""

    /// Begins a notice.
    ///
    /// - Parameters:
    ///   - head: What the file says for all of its notices.
    init(source: PaperReference, head: Head = Head()) {
        notice.source = source
        notice.family = head.family
        notice.published = head.published
        (letter, issue) = (head.letter, head.issue)
    }

    /// Takes a field, or, with no text, one that holds others or nothing.
    mutating func take(_ path: [String], _ text: String) {
        guard let first = path.first, let last = path.last else { return }
        if Self.numberNames.contains(last) {
            if !text.isEmpty { takeNumber(path, text) }
            return
        }
        switch first {
        case "jugement", "jugementannule": takeJudgment(last, text)
        case "radiationaurcs": takeStrikeOff(last, text)
        case "modificationsgenerales":
            if !text.isEmpty { notice.modification += text + " " }
        case "acte": takeAct(last, text)
        case "depot": if notice.family.isEmpty { notice.family = "dpc" }
        case "parutionavisprecedent":
            switch last {
            case "nompublication": previous.letter = String(text.last.map(String.init) ?? "")
            case "numeroparution": previous.issue = text
            case "numeroannonce": previous.number = text
            default: break
            }
        case "typeannonce": kindWord = path.count > 1 ? last : text.isEmpty ? kindWord : text
        default: if path.count == 1 { takeHead(first, text) }
        }
    }

    private static let numberNames = [
        "numeroidentificationrcs", "numeroidentification", "numeroidentificationrm",
    ]

    private mutating func takeHead(_ name: String, _ text: String) {
        switch name {
        case "id": identifier = text
        case "publicationavis": letter = text
        case "parution": issue = text
        case "numeroannonce": number = text
        case "dateparution": notice.published = text
        case "typeavis": kindWord = text
        case "familleavis": notice.family = FrenchText.folded(text)
        case "identifiantclient": client = text
        // In tables several numbers stand in one cell.
        case "registre": register += text.split { ",;".contains($0) }.map(String.init)
        default: break
        }
    }

    /// A number of a company: of one that sells its business, or of the one that the notice is for.
    private mutating func takeNumber(_ path: [String], _ text: String) {
        let isSeller = path.contains { $0.hasPrefix("precedent") || $0.hasPrefix("listeprecedent") }
        if isSeller { sellers.append(text) } else { persons.append(text) }
    }

    private mutating func takeJudgment(_ name: String, _ text: String) {
        // One without any part says nothing.
        guard name != "jugement", name != "jugementannule" else { return }
        var judgment = notice.judgment ?? Notice.Judgment()
        switch name {
        case "nature": judgment.nature = text
        case "famille": judgment.family = text
        case "date": judgment.date = text
        case "complementjugement": judgment.words = text
        default: break
        }
        notice.judgment = judgment
    }

    private mutating func takeStrikeOff(_ name: String, _ text: String) {
        var strikeOff = notice.strikeOff ?? ("", "")
        switch name {
        case "datecessationactivitepp", "dateradiation": strikeOff.date = text
        case "commentaire": strikeOff.comment = text
        default: break
        }
        notice.strikeOff = strikeOff
    }

    private mutating func takeAct(_ name: String, _ text: String) {
        switch name {
        case "dateimmatriculation": actDate = text
        case "creation", "immatriculation": notice.registration = notice.registration ?? ("", "")
        case "categoriecreation": notice.registration = (actDate, text)
        case "vente": notice.isSale = true
        default: break
        }
    }

    /// The notice.
    func finished() -> Notice {
        var notice = notice
        if notice.family.isEmpty { notice.family = impliedFamily }
        notice.isSale = notice.isSale || notice.family == "vente"
        if notice.isSale, notice.family.isEmpty { notice.family = "vente" }
        notice.registration?.date = actDate
        // Parts of other families may be there and empty.
        if notice.family != "radiation", notice.strikeOff?.date == "",
            notice.strikeOff?.comment == ""
        {
            notice.strikeOff = nil
        }
        let made = Self.identifier(letter.isEmpty ? impliedLetter(notice) : letter, issue, number)
        notice.identifier = made ?? identifier
        notice.previous = Self.identifier(previous.letter, previous.issue, previous.number)
        notice.kindWord = kindWord ?? ""
        if notice.isSale {
            // Both are in the register's list; who buys is in no trouble.
            let buyers = Set(persons.map(Self.plain))
            notice.numbers = sellers + register.filter { !buyers.contains(Self.plain($0)) }
        } else {
            notice.numbers = persons
            notice.otherNumbers = register.isEmpty && !client.isEmpty ? [client] : register
        }
        return notice
    }

    /// The family of a notice that names none.
    private var impliedFamily: String {
        if notice.judgment != nil { return "collective" }
        if notice.strikeOff != nil { return "radiation" }
        if notice.isSale { return "vente" }
        if notice.registration != nil { return "creation" }
        return notice.modification.isEmpty ? "" : "modification"
    }

    private func impliedLetter(_ notice: Notice) -> String {
        switch notice.family {
        case "radiation", "modification": "B"
        case "dpc": "C"
        default: "A"
        }
    }

    /// Letter, issue and number in one, without what some write between and before them.
    private static func identifier(_ letter: String, _ issue: String, _ number: String) -> String? {
        let digits = { (text: String) in text.filter { $0.isASCII && $0.isNumber } }
        let place = digits(number).drop { $0 == "0" }
        guard !digits(issue).isEmpty, !place.isEmpty else { return nil }
        return letter.uppercased() + digits(issue) + place
    }

    private static func plain(_ number: String) -> String {
        number.filter { $0.isASCII && $0.isNumber }
    }
}

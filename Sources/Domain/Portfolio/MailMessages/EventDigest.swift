// SPDX-License-Identifier: Apache-2.0

// What a mail says of events, in French or English: one line each, and how many are not listed.

internal import Quantities
internal import VigieLimits

/// An event as a mail tells of it.
package struct DigestEvent: Sendable, Equatable {
    /// What it is, such as `alert.raised`.
    package let kind: String
    /// When it came, in seconds since 1970.
    package let seconds: Int64
    /// The portfolio, by its name; nil for none.
    package let portfolio: String?
    /// The company, by its identifier and its name; nil for none.
    package let company: (identity: String, name: String)?
    /// What it tells, in sentences of the language of the mail.
    package let details: [String]

    /// Describes one.
    package init(
        kind: String,
        seconds: Int64,
        portfolio: String?,
        company: (identity: String, name: String)?,
        details: [String] = []
    ) {
        (self.kind, self.seconds) = (kind, seconds)
        (self.portfolio, self.company, self.details) = (portfolio, company, details)
    }

    /// Whether both are the same.
    package static func == (left: DigestEvent, right: DigestEvent) -> Bool {
        left.kind == right.kind && left.seconds == right.seconds
            && left.portfolio == right.portfolio
            && left.company?.identity == right.company?.identity
            && left.company?.name == right.company?.name && left.details == right.details
    }
}

/// What a mail says.
package struct EventDigest: Sendable {
    /// Languages that there are words in.
    package static let languages = ["fr", "en"]

    /// The subject.
    package let subject: String
    /// The text, a line an event.
    package let text: String

    /// Kinds of events in words: French, English. Of others the kind itself is told.
    private static let words: [String: (french: String, english: String)] = [
        "portfolio.created": ("portefeuille créé", "portfolio made"),
        "portfolio.changed": ("portefeuille modifié", "portfolio changed"),
        "portfolio.deleted": ("portefeuille supprimé", "portfolio ended"),
        "portfolio.shared": ("partage du portefeuille modifié", "portfolio shared"),
        "portfolio.companies": (
            "sociétés ajoutées, modifiées ou retirées", "companies added, changed or removed"
        ),
        "portfolio.rules": ("règles d'alerte modifiées", "rules of alerts changed"),
        "portfolio.model_changed": ("autre modèle de score", "another model scores"),
        "company.facts": ("nouvelles informations sur la société", "news of the company kept"),
        "alert.raised": ("alerte levée", "alert raised"),
        "alert.cleared": ("alerte close", "alert cleared"),
        "alert.handled": ("alerte traitée", "alert handled"),
        "delivery.paused": ("envois suspendus : destinataire muet", "sending paused: no answer"),
        "delivery.disabled": ("envois arrêtés par le destinataire", "sending ended by receiver"),
        "delivery.resumed": ("envois repris", "sending resumed"),
        "delivery.test": ("essai", "test"),
    ]

    /// Writes it.
    ///
    /// - Parameters:
    ///   - events: Those that are listed, in their order.
    ///   - moreCount: How many there are beside these.
    ///   - portfolio: The portfolio that it is about; nil for the whole store.
    package init(
        _ events: [DigestEvent],
        moreCount: Int,
        portfolio: String?,
        language: String
    ) {
        let isFrench = language == "fr"
        let count = events.count + moreCount
        let noun =
            isFrench
            ? (count > 1 ? "événements" : "événement") : (count == 1 ? "event" : "events")
        let place = portfolio ?? (isFrench ? "tous les portefeuilles" : "all portfolios")
        subject = Self.oneLine("Vigie: \(count) \(noun), \(place)")
        var lines = events.flatMap { Self.lines($0, isFrench) }
        if moreCount > 0 {
            lines.append(isFrench ? "… et \(moreCount) de plus" : "… and \(moreCount) more")
        }
        let time = isFrench ? "Heures en UTC." : "Times are in UTC."
        text = lines.joined(separator: "\n") + "\n\n\(time)\n"
    }

    /// The line of an event, and below it what it tells.
    private static func lines(_ event: DigestEvent, _ isFrench: Bool) -> [String] {
        let most = DeliveryLimits.mailDetailsMax
        let rest = event.details.count > most ? ["    …"] : []
        return [line(event, isFrench)]
            + event.details.prefix(most).map { "    " + oneLine($0) } + rest
    }

    private static func line(_ event: DigestEvent, _ isFrench: Bool) -> String {
        let day = CalendarDate(secondsSince1970: event.seconds)
        let known = words[event.kind]
        var parts = [
            "\(day) \(MailMessage.clock(event.seconds, withSeconds: false))",
            (isFrench ? known?.french : known?.english) ?? event.kind,
        ]
        if let portfolio = event.portfolio { parts.append(portfolio) }
        if let company = event.company {
            let name = company.name.isEmpty ? "" : " \(company.name)"
            parts.append(company.identity + name)
        }
        return oneLine(parts.joined(separator: " · "))
    }

    /// Without what would end a line, or hide what stands behind it.
    private static func oneLine(_ text: String) -> String {
        let scalars = text.unicodeScalars.map { scalar -> Character in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .format: " "
            default: Character(scalar)
            }
        }
        return String(scalars)
    }
}

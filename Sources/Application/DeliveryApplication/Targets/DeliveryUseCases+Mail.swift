// SPDX-License-Identifier: Apache-2.0

// Mail subscriptions: who is told by mail, in which language, and how soon.

internal import MailMessages
package import PortfolioStore
package import Portfolios
package import ServiceErrors

extension DeliveryUseCases {
    /// Has somebody told by mail.
    ///
    /// - Parameters:
    ///   - portfolio: Of whose events; empty for all.
    ///   - language: fr or en.
    package func createSubscription(
        portfolio: String,
        address: String,
        language: String,
        pace: DeliveryTarget.Pace,
        kinds: [String],
        note: String,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> SeenTarget {
        guard settings.mail != nil else { throw .noMailRelay }
        _ = try MailAddress(address)
        let language = try Self.known(language)
        return try make(
            .mail,
            portfolio: portfolio,
            address: address,
            kinds: kinds,
            note: note,
            by: viewer,
            seal: { _ in nil },
            { target in
                (target.language, target.pace) = (language, pace)
                target.openAtMicroseconds = target.opens(after: target.createdAtMicroseconds)
            }
        )
    }

    /// Changes a mail subscription; nil leaves things.
    package func changeSubscription(
        _ id: Int,
        address: String?,
        language: String?,
        pace: DeliveryTarget.Pace?,
        kinds: [String]?,
        note: String?,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> SeenTarget {
        if let address { _ = try MailAddress(address) }
        let language = try language.map(Self.known)
        return try change(.mail, id, kinds: kinds, note: note, by: viewer) { target in
            if let address { target.address = address }
            if let language { target.language = language }
            if let pace { target.pace = pace }
            return nil
        }
    }

    private static func known(_ language: String) throws(ServiceError) -> String {
        guard EventDigest.languages.contains(language) else {
            throw .invalid(
                "language",
                "UNKNOWN_LANGUAGE",
                "There are no words in \"\(language.shownInMessages)\"; take fr or en."
            )
        }
        return language
    }
}

// SPDX-License-Identifier: Apache-2.0

// Endpoints of webhooks: made, with a secret that is shown this once; changed; tried out.

internal import Databases
internal import Deliveries
internal import Digests
internal import MailMessages
internal import PortfolioApplication
package import PortfolioStore
package import Portfolios
package import ServiceErrors
internal import VigieLimits
internal import Webhooks

extension DeliveryUseCases {
    /// Makes an endpoint.
    ///
    /// - Parameter portfolio: Of whose events it is told; empty for all.
    /// - Returns: The endpoint, and its secret, which nobody is told again.
    package func createEndpoint(
        portfolio: String,
        url: String,
        kinds: [String],
        note: String,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> (endpoint: SeenTarget, secret: String) {
        guard let key = settings.key else { throw .noDeliveryKey }
        _ = try DestinationURL(url, settings.guarded)
        let secret = try SealedKeys.makeSecret()
        let made = try make(
            .webhook,
            portfolio: portfolio,
            address: url,
            kinds: kinds,
            note: note,
            by: viewer,
            seal: { SealedKeys.seal(WebhookKeys(secret), of: $0, key) },
            { _ in }
        )
        return (made, secret.text)
    }

    /// Gives an endpoint another address, kinds or note; nil leaves them.
    package func changeEndpoint(
        _ id: Int,
        url: String?,
        kinds: [String]?,
        note: String?,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> SeenTarget {
        if let url { _ = try DestinationURL(url, settings.guarded) }
        return try change(.webhook, id, kinds: kinds, note: note, by: viewer) { target in
            if let url { target.address = url }
            return nil
        }
    }

    /// Gives an endpoint another secret.
    ///
    /// - Parameter keepSeconds: For how long the one before signs, too.
    /// - Returns: The new secret, which nobody is told again.
    package func rotateSecret(
        of id: Int,
        keepSeconds: Int64,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> (endpoint: SeenTarget, secret: String) {
        guard let key = settings.key else { throw .noDeliveryKey }
        let secret = try SealedKeys.makeSecret()
        let now = Int64(store.clock() / 1_000_000)
        let changed = try change(.webhook, id, kinds: nil, note: nil, by: viewer) { target in
            // One that this key does not open signs no more.
            var keys = SealedKeys.open(target.secret, of: id, key) ?? WebhookKeys(secret)
            if keys.current != secret {
                do throws(ServiceError) {
                    try keys.change(to: secret, atSeconds: now, keepSeconds: keepSeconds)
                } catch { return error }
            }
            target.secret = SealedKeys.seal(keys, of: id, key)
            return target.secret == nil ? .noDeliveryKey : nil
        }
        return (changed, secret.text)
    }

    // MARK: - Trials

    /// Sends a message that tells of nothing, and waits for what comes of it. Nothing is kept.
    ///
    /// - Returns: What came of it, and how long that took, in milliseconds.
    package func test(
        _ kind: DeliveryTarget.Kind,
        _ id: Int,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> (outcome: TryOutcome, milliseconds: Int) {
        let seen = try store.read { connection throws(DatabaseError) in
            try withTarget(kind, id, viewer, connection, holding: false) { .success($0) }
        }
        let target = seen.target
        let isReadable = SealedKeys.open(target.secret, of: id, settings.key) != nil
        if kind == .webhook, !isReadable {
            throw settings.key == nil ? .noDeliveryKey : .otherDeliveryKey
        }
        if kind == .mail, settings.mail == nil { throw .noMailRelay }
        let now = store.clock()
        let name = "test_" + Digest.hexadecimal(RandomBytes.make(16) ?? [])
        let outcome: TryOutcome
        do throws(SendFailure) {
            switch kind {
            case .webhook:
                let body = WebhookBody.test(atMicroseconds: now)
                outcome = try attempt.post(body, identifier: name, to: target)
            case .mail:
                let event = DigestEvent(
                    kind: "delivery.test",
                    seconds: Int64(now / 1_000_000),
                    portfolio: seen.portfolio.isEmpty ? nil : seen.portfolio,
                    company: nil
                )
                let digest = EventDigest(
                    [event],
                    moreCount: 0,
                    portfolio: seen.portfolio.isEmpty ? nil : seen.portfolio,
                    language: target.language
                )
                outcome = try attempt.submit(digest, name, now, to: target)
            }
        } catch { outcome = .failed(error) }
        return (outcome, max(store.clock() - now, 0) / 1_000)
    }
}

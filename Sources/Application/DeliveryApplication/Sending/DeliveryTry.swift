// SPDX-License-Identifier: Apache-2.0

// One try: a message is made of what the store has, goes out, and an answer comes or none. Nothing
// is kept here.

internal import AlertStore
internal import Alerts
internal import Databases
package import Deliveries
internal import Digests
internal import MailMessages
internal import NetworkAddresses
internal import PortfolioApplication
internal import PortfolioStore
internal import ServiceErrors
internal import VigieLimits
internal import Webhooks

/// What came of a try.
package enum TryOutcome: Sendable, Equatable {
    /// The receiver answered.
    case answered(status: Int, retryAfter: String?)
    /// It did not.
    case failed(SendFailure)
    /// The events are gone: there is nothing to tell.
    case nothingToTell
}

/// Sends messages of a store.
struct DeliveryTry: Sendable {
    let store: ServerStore
    let settings: DeliverySettings
    let sender: DeliverySender

    /// Sends a message. Never called on an event loop.
    func run(_ delivery: StoredDelivery, to target: DeliveryTarget) -> TryOutcome {
        do throws(SendFailure) {
            switch target.kind {
            case .webhook:
                guard let event = try events(delivery, target, limit: 1).first else {
                    return .nothingToTell
                }
                let body = WebhookBody.bytes(event)
                return try post(body, identifier: delivery.identifier, to: target)
            case .mail: return try mail(delivery, to: target)
            }
        } catch { return .failed(error) }
    }

    private func events(
        _ delivery: StoredDelivery,
        _ target: DeliveryTarget,
        limit: Int
    ) throws(SendFailure) -> [NamedEvent] {
        guard delivery.firstEvent <= delivery.lastEvent else { return [] }
        do throws(ServiceError) {
            return try store.read { connection throws(DatabaseError) in
                .success(
                    try connection.namedEvents(
                        delivery.firstEvent...delivery.lastEvent,
                        of: target.portfolio,
                        limit: limit
                    )
                )
            }
        } catch { throw .notMade }
    }

    // MARK: - Webhooks

    /// Posts a body to an endpoint: to an address that was looked at, and to no other.
    func post(
        _ body: [UInt8],
        identifier: String,
        to target: DeliveryTarget
    ) throws(SendFailure) -> TryOutcome {
        guard let keys = SealedKeys.open(target.secret, of: target.id, settings.key),
            let message = try? WebhookMessage(identifier: identifier, body: body)
        else { throw .notMade }
        guard let url = try? DestinationURL(target.address, settings.guarded) else {
            throw .refusedAddress
        }
        let began = store.clock()
        let addresses = try addresses(of: url)
        // Looking a name up may take long, and the time for all of it is that of the lease.
        let used = max(store.clock() - began, 0) / 1_000
        guard used < DeliveryLimits.answerMilliseconds / 2 else { throw .noAddress }
        let seconds = Int64(store.clock() / 1_000_000)
        let headers = message.headers(at: seconds, keys.signing(atSeconds: seconds))
        let post = HTTPPost(
            isSecure: url.isSecure,
            host: url.host,
            port: url.port,
            target: url.target,
            addresses: addresses,
            headers: [("Content-Type", "application/json"), ("User-Agent", "Vigie")] + headers,
            body: body,
            trustPath: settings.trustPath
        )
        let answer = try sender.post(post)
        return .answered(status: answer.status, retryAfter: answer.retryAfter)
    }

    private func addresses(of url: DestinationURL) throws(SendFailure) -> [InternetAddress] {
        let found = url.address.map { [$0] } ?? sender.addresses(url.host)
        guard !found.isEmpty else { throw .noAddress }
        // One that is refused refuses all.
        guard (try? settings.guarded.pick(from: found, of: url.host)) != nil,
            url.isSecure || found.allSatisfy(settings.guarded.allowsPlain)
        else { throw .refusedAddress }
        return Array(found.prefix(DeliveryLimits.addressesMax))
    }

    // MARK: - Mail

    private func mail(
        _ delivery: StoredDelivery,
        to target: DeliveryTarget
    ) throws(SendFailure) -> TryOutcome {
        let found = try wanted(delivery, target)
        guard let last = found.events.last else { return .nothingToTell }
        let listed = found.events.map { event in
            DigestEvent(
                kind: event.kind,
                seconds: Int64(event.createdAtMicroseconds / 1_000_000),
                portfolio: event.portfolio,
                company: event.company.map { ($0.identity, $0.name) },
                details: Self.details(event, inFrench: target.language == "fr")
            )
        }
        let digest = EventDigest(
            listed,
            moreCount: found.moreCount,
            portfolio: target.portfolio == nil ? nil : last.portfolio ?? "",
            language: target.language
        )
        return try submit(digest, delivery.identifier, delivery.createdAtMicroseconds, to: target)
    }

    /// Hands a mail to the relay.
    func submit(
        _ digest: EventDigest,
        _ identifier: String,
        _ microseconds: Int,
        to target: DeliveryTarget
    ) throws(SendFailure) -> TryOutcome {
        guard let mail = settings.mail, let receiver = try? MailAddress(target.address) else {
            throw .notMade
        }
        let message = MailMessage(
            from: mail.sender,
            to: receiver,
            identifier: identifier,
            atSeconds: Int64(microseconds / 1_000_000),
            subject: digest.subject,
            text: digest.text,
            language: target.language
        )
        let code = try sender.submit(MailSubmission(to: receiver.text, message.bytes), mail.relay)
        return .answered(status: code, retryAfter: nil)
    }

    /// The events that a mail lists, and how many more there are.
    /// What an event tells of alerts, with the rule that each is of.
    private static func details(_ event: NamedEvent, inFrench: Bool) -> [String] {
        let notices = AlertStreamBody(kind: event.kind, body: event.body)?.notices ?? []
        return notices.map { notice in
            let rule = notice.event.rule
            let text = notice.event.text(inFrench: inFrench)
            return rule == notice.event.kind.title(inFrench: inFrench) ? text : "\(rule) · \(text)"
        }
    }

    private func wanted(
        _ delivery: StoredDelivery,
        _ target: DeliveryTarget
    ) throws(SendFailure) -> (events: [NamedEvent], moreCount: Int) {
        let found = try events(delivery, target, limit: DeliveryLimits.mailScanMax)
            .filter { target.wants(kind: $0.kind) }
        let listed = Array(found.prefix(DeliveryLimits.mailEventsMax))
        return (listed, found.count - listed.count)
    }
}

// SPDX-License-Identifier: Apache-2.0

// Who is told of the events of a portfolio, as those see and change it who may change the
// portfolio; for all portfolios, those who operate the server.

internal import Databases
internal import Digests
package import PortfolioApplication
package import PortfolioStore
package import Portfolios
package import ServiceErrors
internal import VigieLimits
internal import Webhooks

/// A target with the name of its portfolio.
package struct SeenTarget: Sendable, Equatable {
    /// The target.
    package let target: DeliveryTarget
    /// The portfolio; empty for all.
    package let portfolio: String

    init(_ target: DeliveryTarget, _ portfolio: String) {
        (self.target, self.portfolio) = (target, portfolio)
    }
}

/// What one can do with endpoints, mail subscriptions and messages to them.
package struct DeliveryUseCases: Sendable {
    let store: ServerStore
    let settings: DeliverySettings
    let attempt: DeliveryTry
    private let portfolios: PortfolioUseCases
    private let lookSoon: @Sendable () -> Void

    /// Takes the store.
    ///
    /// - Parameter lookSoon: Told when there is something to send.
    package init(
        _ store: ServerStore,
        _ settings: DeliverySettings,
        _ sender: DeliverySender = .network,
        lookSoon: @escaping @Sendable () -> Void = {}
    ) {
        (self.store, self.settings, self.lookSoon) = (store, settings, lookSoon)
        attempt = DeliveryTry(store: store, settings: settings, sender: sender)
        portfolios = PortfolioUseCases(store)
    }

    /// Targets of a kind, by their numbers.
    ///
    /// - Parameter portfolio: Of which portfolio; empty for those of all.
    package func list(
        _ kind: DeliveryTarget.Kind,
        of portfolio: String,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> [SeenTarget] {
        try store.read { connection throws(DatabaseError) in
            try withPortfolio(portfolio, viewer, connection, holding: false) {
                id throws(DatabaseError) in
                let found = try connection.targets(kind, of: id)
                return .success(found.map { SeenTarget($0, portfolio) })
            }
        }
    }

    /// Ends a target, and what is on its way to it.
    package func delete(
        _ kind: DeliveryTarget.Kind,
        _ id: Int,
        by viewer: PortfolioViewer
    ) throws(ServiceError) {
        try store.write { connection throws(DatabaseError) -> Result<Void, ServiceError> in
            try withTarget(kind, id, viewer, connection) { _ throws(DatabaseError) in
                _ = try connection.removeTarget(id)
                return .success(())
            }
        }
    }

    /// Has a target go on, or stop for a while; what was kept for it is sent.
    package func setActive(
        _ isActive: Bool,
        _ kind: DeliveryTarget.Kind,
        _ id: Int,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> SeenTarget {
        let changed = try store.write { connection throws(DatabaseError) in
            try withTarget(kind, id, viewer, connection) { seen throws(DatabaseError) in
                var target = seen.target
                var endpoint = WebhookEndpoint(
                    WebhookEndpoint.State(rawValue: target.state) ?? .paused
                )
                var notice: WebhookEndpoint.Notice?
                let now = store.clock()
                if isActive {
                    notice = endpoint.resume()
                    if notice != nil {
                        _ = try connection.replayKept(for: id, nowMicroseconds: now)
                    }
                } else if endpoint.takesMessages {
                    endpoint = WebhookEndpoint(.paused)
                    notice = .paused
                }
                guard let notice else { return .success(seen) }
                target.state = endpoint.state.rawValue
                try connection.setState(target.state, ofTarget: id)
                try connection.tell(notice, of: target, nowMicroseconds: now)
                return .success(SeenTarget(target, seen.portfolio))
            }
        }
        lookSoon()
        return changed
    }

    // MARK: - What targets have in common

    /// Makes a target.
    func make(
        _ kind: DeliveryTarget.Kind,
        portfolio: String,
        address: String,
        kinds: [String],
        note: String,
        by viewer: PortfolioViewer,
        seal: (Int) -> [UInt8]?,
        _ adapt: (inout DeliveryTarget) -> Void
    ) throws(ServiceError) -> SeenTarget {
        try Self.check(kinds)
        try PortfolioUseCases.check(note: note)
        return try store.write { connection throws(DatabaseError) in
            try withPortfolio(portfolio, viewer, connection, holding: true) {
                id throws(DatabaseError) in
                // Whoever makes another one meanwhile waits for the counter.
                _ = try connection.takeNumbers(0, of: .deliveryTarget)
                let counts = try connection.targetCounts(of: id)
                guard counts.all < DeliveryLimits.targetsMax else {
                    return .failure(.tooManyTargets("targetsMax", DeliveryLimits.targetsMax))
                }
                guard id == nil || counts.ofPortfolio < DeliveryLimits.portfolioTargetsMax else {
                    let most = DeliveryLimits.portfolioTargetsMax
                    return .failure(.tooManyTargets("portfolioTargetsMax", most))
                }
                var target = DeliveryTarget(
                    kind,
                    portfolio: id,
                    address: address,
                    kinds: kinds,
                    note: note,
                    seen: try connection.lastEventNumber(),
                    createdAtMicroseconds: store.clock(),
                    createdBy: viewer.identity ?? ""
                )
                adapt(&target)
                target = try connection.add(target, seal: seal)
                guard kind == .mail || target.secret != nil else { return .failure(.noDeliveryKey) }
                return .success(SeenTarget(target, portfolio))
            }
        }
    }

    /// Changes a target that somebody may change.
    func change(
        _ kind: DeliveryTarget.Kind,
        _ id: Int,
        kinds: [String]?,
        note: String?,
        by viewer: PortfolioViewer,
        _ adapt: (inout DeliveryTarget) -> ServiceError?
    ) throws(ServiceError) -> SeenTarget {
        if let kinds { try Self.check(kinds) }
        if let note { try PortfolioUseCases.check(note: note) }
        return try store.write { connection throws(DatabaseError) in
            try withTarget(kind, id, viewer, connection) { seen throws(DatabaseError) in
                var target = seen.target
                if let kinds { target.kinds = kinds }
                if let note { target.note = note }
                if let refusal = adapt(&target) { return .failure(refusal) }
                try connection.change(target)
                return .success(SeenTarget(target, seen.portfolio))
            }
        }
    }

    /// Does something with a portfolio that somebody may change, or with nil for all of them.
    ///
    /// - Parameter isHeld: Whether others are kept from ending it, which only writers can.
    private func withPortfolio<Success>(
        _ name: String,
        _ viewer: PortfolioViewer,
        _ connection: any DatabaseConnection,
        holding isHeld: Bool,
        _ body: (Int?) throws(DatabaseError) -> Result<Success, ServiceError>
    ) throws(DatabaseError) -> Result<Success, ServiceError> {
        guard !name.isEmpty else {
            return viewer.isOperator ? try body(nil) : .failure(.operatorNeeded)
        }
        return try portfolios.withWritable(name, viewer, connection, holding: isHeld) {
            head throws(DatabaseError) in try body(head.id)
        }
    }

    /// Does something with a target that somebody may change.
    func withTarget<Success>(
        _ kind: DeliveryTarget.Kind?,
        _ id: Int,
        _ viewer: PortfolioViewer,
        _ connection: any DatabaseConnection,
        holding isHeld: Bool = true,
        _ body: (SeenTarget) throws(DatabaseError) -> Result<Success, ServiceError>
    ) throws(DatabaseError) -> Result<Success, ServiceError> {
        guard let target = try connection.target(id), kind == nil || target.kind == kind else {
            return .failure(.unknownTarget(id, kind))
        }
        var name = ""
        if let portfolio = target.portfolio {
            guard let head = try connection.portfolioHead(portfolio) else {
                return .failure(.unknownTarget(id, kind))
            }
            name = head.name
        }
        let result = try withPortfolio(name, viewer, connection, holding: isHeld) {
            _ throws(DatabaseError) in try body(SeenTarget(target, name))
        }
        // Whether there is one is not for those who may not change it.
        if case .failure(let error) = result,
            ["UNKNOWN_PORTFOLIO", "OPERATOR_NEEDED"].contains(error.reason)
        {
            return .failure(.unknownTarget(id, kind))
        }
        return result
    }

    private static func check(_ kinds: [String]) throws(ServiceError) {
        guard kinds.count <= DeliveryLimits.kindsMax else {
            throw .overLimit(
                "kinds",
                "kindsMax",
                "There are \(kinds.count) kinds of events; name none for all.",
                value: kinds.count,
                maximum: DeliveryLimits.kindsMax
            )
        }
        for kind in kinds {
            let parts = kind.split(separator: ".", omittingEmptySubsequences: false)
            let isKind =
                kind.utf8.count <= DeliveryLimits.kindBytes && parts.count == 2
                && isWord(parts[0]) && (parts[1] == "*" || isWord(parts[1]))
            guard isKind else { throw .badEventKind(kind) }
        }
    }

    private static func isWord(_ text: Substring) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "_") }
    }

    /// Has the store looked at.
    func sendSoon() { lookSoon() }
}

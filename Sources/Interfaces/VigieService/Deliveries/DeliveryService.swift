// SPDX-License-Identifier: Apache-2.0

// vigie.v1.DeliveryService: who is told of events. The service has the threads that tell them, too.

internal import Callers
internal import DeliveryApplication
internal import Dispatch
package import GRPCTransport
internal import Logging
internal import PortfolioApplication
internal import PortfolioStore
internal import Portfolios
internal import ProtobufCoding
internal import ServiceErrors
internal import Turns
internal import VigieLimits
internal import VigieProtos

/// Answers DeliveryService, and sends messages.
package struct DeliveryService: Sendable {
    private let deliveries: DeliveryUseCases
    private let worker: DeliveryWorker
    private let senders: WorkerThreads
    private let workers: WorkerPool
    private let trials: WorkerPool
    private let limits: ServiceLimits

    /// Makes the service of a server's store.
    init(_ configuration: VigieServerConfiguration, _ logger: Logger) {
        let store = configuration.store
        let senders = WorkerThreads(count: DeliveryWorker.threadCount)
        let worker = DeliveryWorker(
            store,
            configuration.deliveries,
            counters: configuration.transport.counters,
            threads: senders.submit,
            tell: { logger.warning("\($0).") }
        )
        limits = configuration.limits
        (self.senders, self.worker) = (senders, worker)
        deliveries = DeliveryUseCases(
            store,
            configuration.deliveries,
            lookSoon: { worker.lookSoon() }
        )
        workers = WorkerPool(threadCount: limits.storeReadThreads, limits: .calls(limits))
        // A receiver that hangs holds up nothing but other trials.
        trials = WorkerPool(threadCount: DeliveryLimits.trialThreads, limits: .calls(limits))
    }

    /// Starts its threads.
    func start() {
        workers.start()
        trials.start()
        senders.start()
        worker.start()
    }

    /// Ends them when their work is done.
    func stop() async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [worker] in
                worker.stop()
                continuation.resume()
            }
        }
        await senders.stop()
        await trials.stop()
        await workers.stop()
    }

    /// The service as the server tells of it.
    package var description: ServiceDescription {
        ServiceDescription(
            "vigie.v1.DeliveryService",
            methods: [
                method("CreateEndpoint", createEndpoint), method("ListEndpoints", listEndpoints),
                method("ChangeEndpoint", changeEndpoint), method("RotateSecret", rotateSecret),
                method("DeleteEndpoint", deleteEndpoint),
                method("TestEndpoint", on: trials, testEndpoint),
                method("CreateMailSubscription", createSubscription),
                method("ListMailSubscriptions", listSubscriptions),
                method("ChangeMailSubscription", changeSubscription),
                method("DeleteMailSubscription", deleteSubscription),
                method("TestMailSubscription", on: trials, testSubscription),
                method("ListDeliveries", listDeliveries), method("RedeliverDelivery", redeliver),
            ]
        )
    }

    private func method<Request: ProtobufMessage, Response: ProtobufWritable>(
        _ name: String,
        on pool: WorkerPool? = nil,
        _ answer: @escaping @Sendable (Request, PortfolioViewer) throws(ServiceError) -> Response
    ) -> MethodDescription {
        .message(
            name,
            messageLimit: limits.controlMessage,
            on: .workers(pool ?? workers, limits: limits)
        ) { (request: Request, caller: Caller?) throws(ServiceError) in
            try answer(request, caller.viewer)
        }
    }

    // MARK: - Endpoints

    private func createEndpoint(
        _ request: Vigie_V1_CreateEndpointRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_CreateEndpointResponse {
        let made = try deliveries.createEndpoint(
            portfolio: request.portfolio,
            url: request.url,
            kinds: request.kinds,
            note: request.note,
            by: viewer
        )
        return .with {
            $0.endpoint = .init(made.endpoint)
            $0.secret = made.secret
        }
    }

    private func listEndpoints(
        _ request: Vigie_V1_ListEndpointsRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_ListEndpointsResponse {
        let found = try deliveries.list(.webhook, of: request.portfolio, by: viewer)
        return .with { $0.endpoints = found.map(Vigie_V1_Endpoint.init) }
    }

    private func changeEndpoint(
        _ request: Vigie_V1_ChangeEndpointRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_ChangeEndpointResponse {
        let id = Int(request.id)
        var changed = try deliveries.changeEndpoint(
            id,
            url: request.hasUrl ? request.url : nil,
            kinds: request.hasKinds ? request.kinds.kinds : nil,
            note: request.hasNote ? request.note : nil,
            by: viewer
        )
        if request.hasActive {
            changed = try deliveries.setActive(request.active, .webhook, id, by: viewer)
        }
        return .with { $0.endpoint = .init(changed) }
    }

    private func rotateSecret(
        _ request: Vigie_V1_RotateSecretRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_RotateSecretResponse {
        let changed = try deliveries.rotateSecret(
            of: Int(request.id),
            keepSeconds: request.keepSeconds,
            by: viewer
        )
        return .with {
            $0.endpoint = .init(changed.endpoint)
            $0.secret = changed.secret
        }
    }

    private func deleteEndpoint(
        _ request: Vigie_V1_DeleteEndpointRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_DeleteEndpointResponse {
        try deliveries.delete(.webhook, Int(request.id), by: viewer)
        return .init()
    }

    private func testEndpoint(
        _ request: Vigie_V1_TestEndpointRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_TestEndpointResponse {
        let (outcome, milliseconds) = try deliveries.test(.webhook, Int(request.id), by: viewer)
        return .with { $0.result = .init(outcome, milliseconds: milliseconds) }
    }

    // MARK: - Mail

    private func createSubscription(
        _ request: Vigie_V1_CreateMailSubscriptionRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_CreateMailSubscriptionResponse {
        let made = try deliveries.createSubscription(
            portfolio: request.portfolio,
            address: request.address,
            language: request.language.isEmpty ? "en" : request.language,
            pace: try request.pace.value("pace") ?? .daily,
            kinds: request.kinds,
            note: request.note,
            by: viewer
        )
        return .with { $0.subscription = .init(made) }
    }

    private func listSubscriptions(
        _ request: Vigie_V1_ListMailSubscriptionsRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_ListMailSubscriptionsResponse {
        let found = try deliveries.list(.mail, of: request.portfolio, by: viewer)
        return .with { $0.subscriptions = found.map(Vigie_V1_MailSubscription.init) }
    }

    private func changeSubscription(
        _ request: Vigie_V1_ChangeMailSubscriptionRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_ChangeMailSubscriptionResponse {
        let id = Int(request.id)
        var changed = try deliveries.changeSubscription(
            id,
            address: request.hasAddress ? request.address : nil,
            language: request.hasLanguage ? request.language : nil,
            pace: try request.pace.value("pace"),
            kinds: request.hasKinds ? request.kinds.kinds : nil,
            note: request.hasNote ? request.note : nil,
            by: viewer
        )
        if request.hasActive {
            changed = try deliveries.setActive(request.active, .mail, id, by: viewer)
        }
        return .with { $0.subscription = .init(changed) }
    }

    private func deleteSubscription(
        _ request: Vigie_V1_DeleteMailSubscriptionRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_DeleteMailSubscriptionResponse {
        try deliveries.delete(.mail, Int(request.id), by: viewer)
        return .init()
    }

    private func testSubscription(
        _ request: Vigie_V1_TestMailSubscriptionRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_TestMailSubscriptionResponse {
        let (outcome, milliseconds) = try deliveries.test(.mail, Int(request.id), by: viewer)
        return .with { $0.result = .init(outcome, milliseconds: milliseconds) }
    }

    // MARK: - Messages

    private func listDeliveries(
        _ request: Vigie_V1_ListDeliveriesRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_ListDeliveriesResponse {
        let page = PageRequest(size: Int(request.pageSize), token: request.pageToken)
        let found = try deliveries.deliveries(to: Int(request.id), page, by: viewer)
        return .with {
            $0.deliveries = found.deliveries.map(Vigie_V1_Delivery.init)
            $0.nextPageToken = found.nextToken
        }
    }

    private func redeliver(
        _ request: Vigie_V1_RedeliverDeliveryRequest,
        _ viewer: PortfolioViewer
    ) throws(ServiceError) -> Vigie_V1_RedeliverDeliveryResponse {
        let again = try deliveries.redeliver(Int(request.number), by: viewer)
        return .with { $0.delivery = .init(again) }
    }
}

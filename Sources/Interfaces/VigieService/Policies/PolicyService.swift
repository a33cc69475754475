// SPDX-License-Identifier: Apache-2.0

// vigie.v1.PolicyService: the policies of the server, and how one comes to hold.

internal import Callers
internal import CreditPolicy
package import GRPCTransport
internal import Policies
internal import ProtobufCoding
internal import Quantities
internal import ServiceErrors
internal import Turns
package import VigieApplication
package import VigieLimits
internal import VigieProtos

/// Answers PolicyService.
package struct PolicyService: Sendable {
    private let shelf: PolicyShelf
    private let workers: WorkerPool
    private let limits: ServiceLimits
    private let desk: CallDesk
    private let simulations: CallDesk

    /// Makes the service of a shelf; `workers` answer its calls.
    package init(_ shelf: PolicyShelf, _ workers: WorkerPool, _ limits: ServiceLimits) {
        (self.shelf, self.workers, self.limits) = (shelf, workers, limits)
        desk = CallDesk(
            workers,
            "uploads of policies",
            limits,
            all: ("policyUploadsMax", limits.policyUploadsMax),
            ofOne: ("connectionPolicyUploadsMax", limits.connectionPolicyUploadsMax)
        )
        simulations = CallDesk(
            workers,
            "simulations",
            limits,
            all: ("simulationsMax", limits.simulationsMax),
            ofOne: ("connectionSimulationsMax", limits.connectionSimulationsMax)
        )
    }

    /// The service as the server tells of it.
    package var description: ServiceDescription {
        let (shelf, limits, desk, simulations) = (shelf, limits, desk, simulations)
        return ServiceDescription(
            "vigie.v1.PolicyService",
            methods: [
                method("ListPolicies", list), method("DescribePolicy", describe),
                method("CheckPolicy", check), method("DiffPolicies", diff),
                MethodDescription(
                    "UploadPolicy",
                    requests: .stream,
                    messageLimit: limits.policyPartMessage
                ) { _ in
                    GatheringHandler(PolicyUpload(shelf: shelf, desk: desk, limits: limits))
                },
                MethodDescription(
                    "SimulatePolicies",
                    requests: .stream,
                    messageLimit: limits.simulationMessage
                ) { _ in
                    StreamedWorkHandler(
                        SimulationStream(shelf, limits),
                        desk: simulations,
                        limits: limits
                    )
                },
                .work(
                    "DownloadPolicy",
                    messageLimit: limits.controlMessage,
                    on: workers,
                    limits,
                    answer: download
                ),
                method("ActivatePolicy", activate), method("ApprovePolicy", approve),
                method("WithdrawPolicy", withdraw), method("RollBackPolicy", rollBack),
                method("StopPolicy", stop),
            ]
        )
    }

    private func method<Request: ProtobufMessage, Response: ProtobufWritable>(
        _ name: String,
        _ answer: @escaping @Sendable (Request, CallInterest) throws(ServiceError) -> Response
    ) -> MethodDescription {
        method(name) { (request, _, interest) throws(ServiceError) in
            try answer(request, interest)
        }
    }

    private func method<Request: ProtobufMessage, Response: ProtobufWritable>(
        _ name: String,
        _ answer:
            @escaping @Sendable (Request, Caller?, CallInterest) throws(ServiceError) ->
            Response
    ) -> MethodDescription {
        .work(name, messageLimit: limits.controlMessage, on: workers, limits) {
            (request, caller, interest) throws(ServiceError) in
            [try answer(request, caller, interest).serializedBytes()]
        }
    }

    // MARK: - Questions

    private func list(
        _ request: Vigie_V1_ListPoliciesRequest,
        _: CallInterest
    ) throws(ServiceError) -> Vigie_V1_ListPoliciesResponse {
        let page = try shelf.list(
            pageSize: Int(request.pageSize),
            pageToken: request.pageToken
        )
        return .with {
            $0.policies = page.policies.map(Vigie_V1_PolicySummary.init)
            $0.nextPageToken = page.nextToken ?? ""
            if request.pageToken.isEmpty { $0.problems = shelf.problemsForCallers }
        }
    }

    private func describe(
        _ request: Vigie_V1_DescribePolicyRequest,
        _: CallInterest
    ) throws(ServiceError) -> Vigie_V1_DescribePolicyResponse {
        let (version, life) = try shelf.describe(request.policy)
        return .with { $0.policy = .init(version, life) }
    }

    private func check(
        _ request: Vigie_V1_CheckPolicyRequest,
        _ interest: CallInterest
    ) throws(ServiceError) -> Vigie_V1_CheckPolicyResponse {
        let policy = try shelf.policy(toReview: request.policy)
        let gate = try PolicyGate(policy) { interest.isThere }
        return .with {
            $0.policy = .init(shelf.shelved(policy))
            $0.check = .init(gate)
        }
    }

    private func diff(
        _ request: Vigie_V1_DiffPoliciesRequest,
        _ interest: CallInterest
    ) throws(ServiceError) -> Vigie_V1_DiffPoliciesResponse {
        let before = try shelf.policy(toReview: request.before, field: "before")
        let after = try shelf.policy(toReview: request.after, field: "after")
        let difference = try PolicyUseCases.difference(before, after) { interest.isThere }
        return .with {
            $0.before = .init(shelf.shelved(before))
            $0.after = .init(shelf.shelved(after))
            $0.changes = .init(difference)
        }
    }

    /// The version, and its files in parts.
    private func download(
        _ request: Vigie_V1_DownloadPolicyRequest,
        _: Caller?,
        _ interest: CallInterest
    ) throws(ServiceError) -> [[UInt8]] {
        let (version, files) = try shelf.files(of: request.policy)
        let first = Vigie_V1_DownloadPolicyResponse.with { $0.policy = .init(version) }
        var messages = [first.serializedBytes()]
        for file in files {
            var start = 0
            repeat {
                let end = min(start + PolicyLimits.uploadPartBytes, file.bytes.count)
                let part = Vigie_V1_DownloadPolicyResponse.with {
                    $0.part.path = file.path
                    $0.part.offsetBytes = UInt64(start)
                    $0.part.content = Array(file.bytes[start..<end])
                }
                messages.append(part.serializedBytes())
                start = end
            } while start < file.bytes.count && interest.isThere
        }
        return messages
    }

    // MARK: - Steps

    private func activate(
        _ request: Vigie_V1_ActivatePolicyRequest,
        _ caller: Caller?,
        _ interest: CallInterest
    ) throws(ServiceError) -> Vigie_V1_ActivatePolicyResponse {
        var from: CalendarDate?
        if !request.fromDate.isEmpty {
            from = try AsOfDate(request.fromDate, field: "from_date", today: shelf.today).date
        }
        let policy = try shelf.activate(
            request.policy,
            from: from,
            by: caller.person(),
            contentHash: request.contentHash,
            isWanted: { interest.isThere }
        )
        return .with { $0.policy = .init(policy) }
    }

    private func approve(
        _ request: Vigie_V1_ApprovePolicyRequest,
        _ caller: Caller?,
        _ interest: CallInterest
    ) throws(ServiceError) -> Vigie_V1_ApprovePolicyResponse {
        let policy = try shelf.approve(
            request.policy,
            by: caller.person(),
            contentHash: request.contentHash,
            isWanted: { interest.isThere }
        )
        return .with { $0.policy = .init(policy) }
    }

    private func withdraw(
        _ request: Vigie_V1_WithdrawPolicyRequest,
        _ caller: Caller?,
        _: CallInterest
    ) throws(ServiceError) -> Vigie_V1_WithdrawPolicyResponse {
        let policy = try shelf.withdraw(
            request.policy,
            by: caller.person(),
            reason: request.reason
        )
        return .with { $0.policy = .init(policy) }
    }

    private func rollBack(
        _ request: Vigie_V1_RollBackPolicyRequest,
        _ caller: Caller?,
        _: CallInterest
    ) throws(ServiceError) -> Vigie_V1_RollBackPolicyResponse {
        let policy = try shelf.rollBack(
            request.name,
            by: caller.person(),
            reason: request.reason
        )
        return .with { $0.policy = .init(policy) }
    }

    private func stop(
        _ request: Vigie_V1_StopPolicyRequest,
        _ caller: Caller?,
        _: CallInterest
    ) throws(ServiceError) -> Vigie_V1_StopPolicyResponse {
        let life = try shelf.stop(
            request.name,
            by: caller.person(),
            reason: request.reason
        )
        return .with { $0.records = life.records.map(Vigie_V1_PolicyRecord.init) }
    }
}

extension Caller? {
    /// Who does something with a policy.
    ///
    /// - Throws: FAILED_PRECONDITION where the server does not know.
    func person() throws(ServiceError) -> PolicyPerson {
        guard let identity = self?.identity, !identity.isEmpty else {
            throw ServiceError(
                .failedPrecondition,
                "IDENTITY_NEEDED",
                "Who calls is not known, and two persons have to agree. Give the server --tokens, "
                    + "--tls-client-ca or --jwt-keys, and show one; or use vigie policy in the "
                    + "directory of the policies."
            )
        }
        return PolicyPerson(identity: identity, isProven: true)
    }
}

extension ServiceLimits {
    /// Of a part of a file, with its path, or a header.
    fileprivate var policyPartMessage: MessageLimit {
        MessageLimit("uploadPartBytes", bytes: PolicyLimits.uploadPartBytes + healthMessageBytesMax)
    }

    /// Of companies of a simulation, or its header.
    fileprivate var simulationMessage: MessageLimit {
        MessageLimit("simulationMessageBytesMax", bytes: simulationMessageBytesMax)
    }
}

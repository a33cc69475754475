// SPDX-License-Identifier: Apache-2.0

// UploadPolicy: when all files have come, a thread reads them, looks at the policy and puts it on
// the shelf.

internal import GRPCTransport
internal import ProtobufCoding
internal import ServiceErrors
internal import Turns
internal import VigieApplication
internal import VigieLimits
internal import VigieProtos

extension WorkerPool {
    /// Threads that check, compare, simulate and keep policies: one of them is left for others.
    static func keepingPolicies(_ limits: ServiceLimits) -> WorkerPool {
        WorkerPool(
            threadCount: limits.policyThreads,
            limits: .calls(limits, shareThreadsMax: max(1, limits.policyThreads - 1))
        )
    }
}

/// The files of one upload. Bound to the call's event loop.
final class PolicyUpload: GatheredCall {
    let desk: CallDesk?
    let limits: ServiceLimits
    private let shelf: PolicyShelf
    private var header = Vigie_V1_UploadPolicyHeader()
    private var parts = PolicyParts()

    init(shelf: PolicyShelf, desk: CallDesk, limits: ServiceLimits) {
        (self.shelf, self.desk, self.limits) = (shelf, desk, limits)
    }

    func content(of request: Vigie_V1_UploadPolicyRequest) -> GatheredContent? {
        switch request.message {
        case .header?: .header
        case .part(let part)?: .part(byteCount: part.content.count)
        case nil: nil
        }
    }

    func takeHeader(
        _ request: Vigie_V1_UploadPolicyRequest,
        _ call: ServerCall
    ) throws(ServiceError) {
        header = request.header
        if !header.checkOnly { _ = try call.caller.person() }
    }

    func takePart(_ request: Vigie_V1_UploadPolicyRequest) throws(ServiceError) {
        let part = request.part
        try parts.add(path: part.path, offset: part.offsetBytes, bytes: part.content)
    }

    func work(_ call: ServerCall) -> GatheredWork {
        let (parts, caller) = (parts, call.caller)
        self.parts = PolicyParts()
        return GatheredWork(byteCount: parts.byteCount) {
            [shelf, header] (interest) throws(ServiceError) in
            let files = parts.files
            let policy = try PolicyShelf.read(files, contentHash: header.contentHash)
            let check = try PolicyGate(policy) { interest.isThere }
            // Whoever has gone by now does not know what became of it: then nothing does.
            guard interest.isThere else { return nil }
            if header.checkOnly {
                try shelf.checkPlace(for: policy, files)
            } else {
                try shelf.upload(policy, files, by: caller.person())
            }
            let response = Vigie_V1_UploadPolicyResponse.with {
                $0.policy = .init(shelf.shelved(policy))
                $0.check = .init(check)
            }
            return response.serializedBytes()
        }
    }
}

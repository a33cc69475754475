// SPDX-License-Identifier: Apache-2.0

// What callers are told when the store did not do what was asked.

package import ServiceErrors

extension ServiceError {
    /// What a database said, for callers: what they can do about it, and no statement.
    package init(_ error: DatabaseError) {
        let (code, reason, advice): (Code, String, String) =
            switch error.kind {
            case .unavailable: (.unavailable, "STORE_UNAVAILABLE", "try again")
            case .busy: (.unavailable, "STORE_BUSY", "try again")
            case .tooSlow: (.deadlineExceeded, "STORE_SLOW", "ask for less at once")
            case .duplicate: (.alreadyExists, "STORE_DUPLICATE", "it is there already")
            case .constraint:
                (.failedPrecondition, "STORE_CONSTRAINT", "what it needs is not there")
            case .noSpace: (.resourceExhausted, "STORE_FULL", "the operator has to make room")
            case .readOnly: (.failedPrecondition, "STORE_READ_ONLY", "nothing can be changed")
            case .damaged: (.dataLoss, "STORE_DAMAGED", "the operator has to restore a backup")
            case .denied:
                (.failedPrecondition, "STORE_DENIED", "the operator has to set place or rights")
            case .value: (.invalidArgument, "STORE_VALUE", "send another value")
            case .defect: (.internalError, "STORE_DEFECT", "please report it")
            }
        self.init(
            code,
            reason,
            "The store: \(error.message); \(advice).",
            metadata: error.code.isEmpty ? [:] : ["code": error.code]
        )
    }
}

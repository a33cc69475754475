// SPDX-License-Identifier: Apache-2.0

// What all calls share that one request of the application makes.

internal import NIOCore

/// When the answer must be there, and the headers to send.
struct CallContext: Sendable {
    /// When the call must be answered.
    var deadline: NIODeadline
    /// The caller's headers, checked.
    var metadata: [(name: String, value: String)]
}

extension ScoringClient {
    /// The context of a call of one message each way.
    func context(_ timeout: Duration?, _ metadata: CallMetadata) throws -> CallContext {
        CallContext(
            deadline: .after(timeout ?? configuration.timeout),
            metadata: try configuration.metadata.overridden(by: metadata).checked()
        )
    }
}

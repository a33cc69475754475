// SPDX-License-Identifier: Apache-2.0

// Where messages go, as a machine over what came of them: an operator is told once when an endpoint
// takes no more, and the messages are kept until he has looked.

/// Where an endpoint stands.
package struct WebhookEndpoint: Sendable, Equatable {
    /// Where it stands.
    package enum State: String, Sendable, CaseIterable {
        /// Messages are sent.
        case active
        /// A message found no try left; messages are kept.
        case paused
        /// It answered that it wants none (410); messages are kept.
        case disabled
    }

    /// What an operator is told.
    package enum Notice: Sendable, Equatable {
        /// It was paused: mend it, then resume it.
        case paused
        /// It was disabled by its own answer.
        case disabled
        /// Somebody had it go on.
        case resumed
    }

    /// Where it stands.
    package private(set) var state: State

    /// Takes one as it was kept.
    package init(_ state: State) { self.state = state }

    /// Messages are sent.
    package init() { state = .active }

    /// Whether messages are sent now.
    package var takesMessages: Bool { state == .active }

    /// Takes what followed from an answer.
    ///
    /// - Returns: What an operator is to be told; nil if nothing.
    package mutating func take(_ consequence: WebhookConsequence) -> Notice? {
        switch (consequence, state) {
        case (.endpointDisabled, .active), (.endpointDisabled, .paused):
            state = .disabled
            return .disabled
        case (.endpointPaused, .active):
            state = .paused
            return .paused
        default: return nil
        }
    }

    /// Has messages sent again; those that were kept are then replayed.
    ///
    /// - Returns: What an operator is to be told; nil if they were sent all along.
    package mutating func resume() -> Notice? {
        guard state != .active else { return nil }
        state = .active
        return .resumed
    }
}

extension WebhookEndpoint {
    private static let format = "webhook-endpoint/1"

    /// The whole of it in one line, to be kept.
    package var text: String { "\(Self.format) \(state.rawValue)" }

    /// Reads what was kept; nil if it is no such line.
    package init?(_ text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, words[0] == Self.format,
            let state = State(rawValue: String(words[1]))
        else { return nil }
        self.state = state
    }
}

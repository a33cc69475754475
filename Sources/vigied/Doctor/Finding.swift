// SPDX-License-Identifier: Apache-2.0

// What an examination finds, for people and for programs.

internal import FoundationEssentials

/// One thing that was looked at.
struct Finding: Encodable, Sendable {
    /// How it is.
    enum State: String, Encodable, Sendable {
        /// As it should be.
        case good = "ok"
        /// The server can start, and something is to be done.
        case warning
        /// The server cannot start, or nobody could use it.
        case failed
    }

    /// What was looked at, such as "certificate".
    let subject: String
    /// How it is.
    let state: State
    /// What was found.
    let text: String
    /// What to do about it; nil when there is nothing to do.
    let advice: String?

    /// A thing that is as it should be.
    static func good(_ subject: String, _ text: String) -> Finding {
        Finding(subject: subject, state: .good, text: text, advice: nil)
    }

    /// A thing with which the server can start.
    static func warning(_ subject: String, _ text: String, _ advice: String) -> Finding {
        Finding(subject: subject, state: .warning, text: text, advice: advice)
    }

    /// A thing with which it cannot.
    static func failed(_ subject: String, _ text: String, _ advice: String? = nil) -> Finding {
        Finding(subject: subject, state: .failed, text: text, advice: advice)
    }
}

extension [Finding] {
    /// A line for each, and one for what to do about it.
    var text: String {
        let width = map(\.subject.count).max() ?? 0
        let lines = map { finding in
            let state = finding.state.rawValue.padded(7)
            let line = "\(state)  \(finding.subject.padded(width))  \(finding.text)"
            return finding.advice.map { "\(line)\n         \("".padded(width))  -> \($0)" } ?? line
        }
        let (failed, warnings) = (count { $0.state == .failed }, count { $0.state == .warning })
        let sum =
            failed > 0
            ? "The server cannot serve like this: \(failed) failed."
            : warnings > 0 ? "The server can serve; \(warnings) to look at." : "All is well."
        return (lines + ["", sum]).joined(separator: "\n")
    }

    /// All as one object of JSON.
    var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        // Texts always can be encoded.
        let bytes = (try? encoder.encode(["findings": self])) ?? Data()
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension String {
    fileprivate func padded(_ width: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, width - count))
    }
}
